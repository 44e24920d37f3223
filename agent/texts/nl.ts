import { counted, type LanguageTexts } from './language-texts.ts';

// Labels of macOS, each with a page that prints it:
// - “Systeeminstellingen”: support.apple.com/nl-be/guide/mac-help/mh36825/mac
// - “Sleutelhangertoegang”: support.apple.com/nl-nl/guide/keychain-access/welcome/mac
// - “Gebruikers en groepen”, Apple's help reprinted:
//   osx.skydocu.com/nl/uw-mac/gebruikersaccounts-instellen-op-de-mac
// - Microsoft's “Bedrijfsportal”: learn.microsoft.com/nl-nl/mem/intune/enrollment
// No page prints the Dutch words of Network Account Server, Edit, Repair, Register, Authenticate, Registered,
// Registration Required and, for a present macOS, the folder Applications: these stay in English, with their
// meaning beside them.

const works = 'Je hoeft niets te doen.';
const users = 'Systeeminstellingen > Gebruikers en groepen > “Network Account Server”';
const authenticate = '“Authenticate” (“identiteit bevestigen”)';
const repair = '“Repair” (“repareren”)';
const deregister = '“Deregister” (“registratie opheffen”)';
const applications = 'de map met apps (“Applications”)';
const register = '“Register” (“registreren”)';
const online = 'Verbind je Mac met het internet.';
const closedWindow =
  'Als het inlogvenster is gesloten en macOS niet opnieuw vraagt om in te loggen, bewaar dan je werk, log uit op je Mac en log weer in.';
const askForHelp = 'Als dat niet helpt, neem dan contact op met je IT-helpdesk.';
const orAuthenticate = `Vanaf macOS 14 kun je ook ${users} openen, op “Edit” (“wijzigen”) klikken en ${authenticate} kiezen, of ${repair} als je dat niet ziet.`;
const withPassword =
  'Vergrendel het scherm (Control-Command-Q) en typ je wachtwoord om het te ontgrendelen, in plaats van Touch ID te gebruiken.';
const ifAsked = 'Volg de stappen als macOS vraagt om in te loggen.';
const connectAndUnlock =
  'Maak verbinding met het internet, vergrendel het scherm en typ je wachtwoord om het te ontgrendelen. Volg de stappen als macOS vraagt om in te loggen.';
const clickNotification =
  'Klik op de macOS-melding “Registration Required” (“registratie vereist”) en volg de stappen tot het einde.';
const hiddenNotification =
  'Zie je die melding niet? Klik in de menubalk op de datum en tijd; misschien staat de melding daar of is die verborgen door een focus.';

const lastGood = (good: string | null) =>
  good === null ? '' : `Zakelijke login laatst bevestigd: ${good}. `;

export const nl: LanguageTexts = {
  language: 'nl',
  fullStop: '.',
  issues: {
    'password-change-prompt-pending': ({ changedHere = false }) => ({
      title: 'Voer je huidige werkwachtwoord in',
      body: changedHere
        ? 'Het wachtwoord van deze Mac is gewijzigd. Vergrendel het scherm en ontgrendel het met je huidige werkwachtwoord; je Mac gebruikt dat daarna ook.'
        : 'Je werkwachtwoord is elders gewijzigd of kon niet worden gecontroleerd. Vergrendel het scherm en ontgrendel het met je huidige werkwachtwoord; je Mac gebruikt dat daarna ook.',
      steps: [
        online,
        'Vergrendel het scherm (Control-Command-Q) en voer je huidige werkwachtwoord in om het te ontgrendelen.',
        'Of klik op de macOS-melding die vraagt om in te loggen en voer daar je huidige werkwachtwoord in.',
        `Vanaf macOS 14 kan dit ook via ${users} > “Edit” (“wijzigen”) > ${authenticate}.`,
        changedHere
          ? 'Gebruik het wachtwoord waarmee je inlogt bij je werkapps. Daarna gebruikt je Mac het ook.'
          : 'Als je werkwachtwoord is gewijzigd, voer dan het nieuwe in: het wachtwoord waarmee je inlogt bij je werkapps.',
        'Als je Mac het niet accepteert, neem dan contact op met je IT-helpdesk in plaats van het steeds opnieuw te proberen.',
      ],
      solved: works,
    }),
    'password-change-window-overdue': {
      title: 'Bevestig je werkwachtwoord op deze Mac',
      body: 'Je Mac heeft je werkwachtwoord al een tijd niet kunnen controleren. Vergrendel het scherm en ontgrendel het met je huidige werkwachtwoord, zodat je Mac het kan controleren.',
      steps: [
        online,
        'Vergrendel het scherm (Control-Command-Q) en typ je huidige werkwachtwoord om het te ontgrendelen, in plaats van Touch ID te gebruiken.',
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: 'Je zakelijke login moet worden gerepareerd',
      body: `Open ${users} en klik op “Edit” en dan op “Repair”. Log daarna in met je werkaccount, zoals de eerste keer.`,
      steps: [
        online,
        `Open ${users} en klik op “Edit” (“wijzigen”) en dan op ${repair}.`,
        'Log in met je werkaccount, zoals toen het werd ingesteld.',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': ({ provider, app }) =>
      provider === 'entra'
        ? {
            title: 'Je zakelijke login moet opnieuw worden ingesteld',
            body: `Open de voorkeuren van de app ${app} en kies “Deregister”. Log daarna opnieuw in bij die app en volg de stappen.`,
            steps: [
              online,
              `Open de voorkeuren van de app ${app} (Company Portal).`,
              `Kies ${deregister}. In oudere versies heet dat “Unregister” of “Sign out”. Je ziet geen bevestiging.`,
              `Log opnieuw in bij de app ${app} en volg de stappen.`,
              askForHelp,
            ],
            solved: works,
          }
        : {
            title: 'Je zakelijke login moet opnieuw worden ingesteld',
            body: 'Laat je IT-helpdesk weten dat de zakelijke login op deze Mac opnieuw moet worden ingesteld. Log daarna in wanneer macOS daarom vraagt.',
            steps: [
              online,
              'Laat je IT-helpdesk weten dat de zakelijke login op deze Mac opnieuw moet worden ingesteld.',
              'Als macOS vraagt om in te loggen met je werkaccount, volg dan de stappen tot het einde.',
            ],
            solved: works,
          },
    'wpj-key-not-removed-after-migration': ({ provider, app }) => ({
      title: 'Er staat misschien nog een oude zakelijke login op deze Mac',
      body: 'Daardoor wordt misschien vaker gevraagd om in te loggen. Laat het je IT-helpdesk weten; je hoeft zelf niets te verwijderen.',
      steps: [
        'Laat je IT-helpdesk weten dat er misschien nog een oude zakelijke login op je Mac staat.',
        'Verwijder niets in Sleutelhangertoegang, tenzij je IT-helpdesk daarom vraagt.',
        provider === 'entra'
          ? `Als ze je vragen opnieuw te beginnen: open de voorkeuren van de app ${app}, kies ${deregister} en log daar opnieuw in.`
          : 'Als ze je vragen opnieuw te beginnen, volg dan hun stappen.',
      ],
      solved: `De oude zakelijke login is verwijderd. ${works}`,
    }),
    'passcode-policy-complexity-mismatch': ({ minimumLength }) => {
      const length =
        minimumLength === undefined ? null : counted('nl', minimumLength, { one: 'teken', other: 'tekens' });
      return {
        title: 'Je werkwachtwoord voldoet misschien niet aan alle regels',
        body:
          length === null
            ? 'Deze Mac heeft eigen wachtwoordregels. Als je werkwachtwoord er niet aan voldoet, kies er dan een dat wel voldoet en vergrendel en ontgrendel daarna het scherm.'
            : `Deze Mac vereist minstens ${length}. Als je werkwachtwoord niet aan de regels voldoet, kies er dan een dat wel voldoet en vergrendel en ontgrendel daarna het scherm.`,
        steps: [
          length === null
            ? 'Controleer of je werkwachtwoord voldoet aan de wachtwoordregels van deze Mac.'
            : `Controleer of je werkwachtwoord minstens ${length} heeft. Deze Mac vereist dat en kan meer regels hebben.`,
          'Als je werkwachtwoord aan deze regels voldoet, hoef je het niet te wijzigen.',
          'Zo niet, kies dan een wachtwoord dat wel voldoet, op de plek waar je je werkwachtwoord altijd wijzigt.',
          'Vergrendel het scherm (Control-Command-Q) en ontgrendel het met het nieuwe werkwachtwoord.',
          'Als je de regels niet kent, neem dan contact op met je IT-helpdesk.',
        ],
        solved: `De wachtwoordregels van deze Mac zijn geen probleem meer. ${works}`,
      };
    },
    'registration-long-running-macos14': {
      title: 'Je zakelijke login is nog niet ingesteld',
      body: `Volg de stappen als macOS het over ongeveer 10 minuten opnieuw vraagt. Of open ${users} en kies “Register”.`,
      steps: [
        online,
        'Wacht ongeveer 10 minuten. Als macOS het opnieuw vraagt, volg dan de stappen tot het einde.',
        `Of open ${users} en kies ${register}, of “Edit” (“wijzigen”) > ${repair}.`,
        closedWindow,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: 'Je zakelijke login is nog niet ingesteld',
      body: 'Dit kan een paar minuten duren; volg de stappen als macOS vraagt om het opnieuw te proberen. Verschijnt er niets, log dan uit op je Mac en log weer in.',
      steps: [
        online,
        'Wacht een paar minuten en probeer het opnieuw als macOS daarom vraagt.',
        'Verschijnt er niets, bewaar dan je werk, log uit op je Mac en log weer in.',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': ({ deviceRegistered = false }) => ({
      title: 'Stel je zakelijke login op deze Mac in',
      body: 'Klik op de macOS-melding “Registration Required” en volg de stappen. Daarna kunnen je werkapps je automatisch inloggen.',
      steps: [
        online,
        clickNotification,
        hiddenNotification,
        `Vanaf macOS 14 kan dit ook via ${users}: kies ${register}, of “Edit” (“wijzigen”) > ${repair}.`,
        ...(deviceRegistered
          ? [
              'Misschien staat daar al “Registered” (“geregistreerd”). Dat geldt voor je Mac; je account moet nog worden ingesteld.',
            ]
          : []),
        closedWindow,
        askForHelp,
      ],
      solved: works,
    }),
    'sso-tokens-expired': {
      title: 'Je zakelijke login is verlopen',
      body: connectAndUnlock,
      steps: [
        online,
        'Controleer of de datum en tijd van je Mac kloppen.',
        withPassword,
        ifAsked,
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-missing': {
      title: 'Je zakelijke login is niet actief',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
    'company-portal-missing': {
      title: 'De app voor je zakelijke login ontbreekt',
      body: 'Je zakelijke login heeft de app “Bedrijfsportal” nodig, die niet op deze Mac staat. Installeer die uit de appcatalogus van je bedrijf of vraag je IT-helpdesk om hulp.',
      steps: [
        online,
        'Open de app waarin je bedrijf software aanbiedt, zoals “Self Service” of “Managed Software Center”.',
        `Installeer daar “Bedrijfsportal” (Company Portal). De app hoort in ${applications}.`,
        `Als je de app naar een andere map hebt verplaatst, zet die dan terug in ${applications}.`,
        'Als je de app niet vindt, neem dan contact op met je IT-helpdesk.',
      ],
      solved: `De app “Bedrijfsportal” is weer geïnstalleerd. ${works}`,
    },
    'auth-method-changed-reregister': {
      title: 'Stel je zakelijke login opnieuw in',
      body: 'Je bedrijf heeft gewijzigd hoe je met deze Mac inlogt. Klik op de macOS-melding “Registration Required” en volg de stappen.',
      steps: [
        online,
        'Houd je telefoon bij de hand, of wat je anders gebruikt om het inloggen te bevestigen.',
        clickNotification,
        hiddenNotification,
        `Vanaf macOS 14 kan dit ook via ${users}: “Edit” (“wijzigen”) > ${repair}.`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-token-refresh-overdue': {
      title: 'Je Mac kon je zakelijke login niet vernieuwen',
      body: 'Je kunt voorlopig verder werken. Vergrendel het scherm en ontgrendel het weer; volg de stappen als macOS vraagt om in te loggen.',
      steps: [
        online,
        'Vergrendel het scherm (Control-Command-Q) en ontgrendel het zoals je gewend bent.',
        ifAsked,
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'token-binding-owed': {
      title: 'Ontgrendel deze Mac één keer met het Mac-wachtwoord',
      body: 'Je zakelijke login moet één keer worden bevestigd. Vergrendel het scherm en ontgrendel het met het wachtwoord van deze Mac in plaats van met Touch ID.',
      steps: [
        online,
        'Vergrendel het scherm (Control-Command-Q) en typ het wachtwoord van deze Mac om het te ontgrendelen, in plaats van Touch ID te gebruiken.',
        'Als macOS vraagt om in te loggen, voer dan het wachtwoord van deze Mac in.',
        askForHelp,
      ],
      solved: works,
    },
    'user-authentication-required': {
      title: 'Log opnieuw in met je werkaccount',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
  },
  apps: { entra: '“Bedrijfsportal”', okta: '“Okta Verify”', other: 'voor je zakelijke login' },
  restartFirst: {
    body: 'Start je Mac eerst opnieuw op, verbind hem met het internet en log in. Volg de stappen als macOS daarna vraagt om in te loggen.',
    step: 'Bewaar je werk en start je Mac opnieuw op. Als je zakelijke login daarna weer werkt, kun je de andere stappen overslaan.',
  },
  helpdesk: [
    {
      phrase: 'je IT-helpdesk',
      named: (helpdesk) => helpdesk,
      of: (organization) => `de IT-helpdesk van ${organization}`,
    },
  ],
  help: (helpdesk) => `Hulp: ${helpdesk}.`,
  connect: online,
  ownSolved: {
    title: 'Je hoeft niets meer te doen',
    body: (title) => `“${title}” geldt niet meer. ${works}`,
  },
  solvedTitle: 'Je zakelijke login werkt weer',
  window: {
    fresh: (good) => `${lastGood(good)}macOS controleert automatisch opnieuw.`,
    due: (good) => `${lastGood(good)}macOS controleert opnieuw als je de volgende keer ontgrendelt.`,
    hint: (good) => `${lastGood(good)}Vergrendel en ontgrendel het scherm, zodat macOS opnieuw controleert.`,
    overdue: (good) =>
      `${lastGood(good)}Sindsdien kon je Mac dat niet meer controleren; vergrendel het scherm en ontgrendel het met je huidige werkwachtwoord.`,
    pending: () => 'macOS wacht op je werkwachtwoord.',
    suspended: (good) => `${lastGood(good)}Je zakelijke login moet eerst worden ingesteld of gerepareerd.`,
    removed: (good) => `${lastGood(good)}Sindsdien is de zakelijke login van deze Mac verwijderd.`,
    notApplicable: () => 'Je Mac-wachtwoord staat los van je werkwachtwoord.',
    methodNotUnderstood: (method) =>
      `Deze versie van PSSO Monitor weet niet welke invloed de inlogmethode ${method} heeft op het Mac-wachtwoord.`,
    unknown: (good) =>
      good === null
        ? 'Het is niet bekend wanneer je werkwachtwoord voor het laatst is bevestigd.'
        : `${lastGood(good)}Er is geen nieuwere informatie.`,
  },
  advice: {
    title: 'Je zakelijke login op deze Mac',
    headlines: {
      ok: 'Je zakelijke login werkt op deze Mac.',
      'needs-attention': 'Er is een probleem met je zakelijke login.',
      'not-registered': 'Je zakelijke login is nog niet volledig ingesteld.',
      'not-configured': 'Op deze Mac is geen zakelijke login ingesteld.',
      exempt: 'Je account heeft op deze Mac geen zakelijke login nodig.',
    },
    unknown: 'Je zakelijke login kan nu niet worden gecontroleerd.',
    noHistory: 'Je zakelijke login is nog niet gecontroleerd. Probeer het over tien minuten opnieuw.',
    elsewhere: 'Als je toch niet kunt inloggen, neem dan contact op met je IT-helpdesk.',
    silenced: (until) => `Je hebt meldingen hierover uitgezet tot ${until}.`,
    close: 'OK',
    makeReport: 'Maak een rapport voor IT',
  },
  notificationTest: {
    title: 'Testmelding',
    body: 'Als je dit kunt lezen, krijg je meldingen over je zakelijke login. Je hoeft niets te doen.',
  },
  report: {
    title: 'Platform SSO op {mac}',
    thisMac: 'deze Mac',
    helpdesk: 'IT-helpdesk',
    headlines: {
      ok: 'Platform SSO werkt.',
      'needs-attention': 'Er is een probleem met Platform SSO.',
      'not-registered': 'Platform SSO is ingesteld, maar niet geregistreerd.',
      'not-configured': 'Platform SSO is niet ingesteld op deze Mac.',
      exempt: 'Dit account is vrijgesteld van Platform SSO.',
      unknown: 'Het is niet bekend of Platform SSO werkt.',
    },
    notKnown: {
      since: 'Niet bekend sinds {time} (daarvoor: {was})',
      neverPolled: 'Niet bekend: de agent heeft deze Mac nog nooit gecontroleerd (daarvoor: {was})',
    },
    stateOfSignIn: 'Status van de login',
    file: 'bestand {file}',
    tones: {
      good: 'OK',
      quiet: 'Niets te doen',
      notice: 'Controleren',
      bad: 'Probleem',
      unknown: 'Onbekend',
    },
    severities: { info: 'informatie', low: 'laag', medium: 'gemiddeld', high: 'hoog' },
    lastKnown: 'Laatst bekend:',
    since: 'Sinds {time}.',
    issues: {
      noneOpen: 'Geen open probleem',
      noneWasOpen: 'Er was geen probleem open',
      openSince: 'Open sinds {time} ({duration}), ernst {severity}.',
      historyEnds: 'De geschiedenis eindigt op {time}; de toestand daarna is onbekend.',
      silenced: 'De gebruiker heeft de meldingen hierover uitgezet tot {time}.',
      changedBefore: 'Wat er daarvoor veranderde',
      userSteps: 'Wat de gebruiker kan doen',
      adminSteps: 'Voor de beheerder (Engels): oplossingen, bevestiging, links',
      open: { one: 'Eén open probleem', other: '{count} open problemen' },
      resolved: { one: 'Eén opgelost probleem', other: '{count} opgeloste problemen' },
      heads: ['Probleem', 'Begonnen', 'Opgelost', 'Duur', 'Samenvatting'],
    },
    timeline: {
      heading: 'Tijdlijn',
      empty: 'Er is nog niets vastgelegd.',
      shown: 'Getoond: {from} – {to} ({length}), tijdzone {zone}.',
      about: 'Tijdlijn: {names}. De tabel eronder heeft dezelfde inhoud.',
      part: 'Welk deel van de tijdlijn',
      ended: 'De geschiedenis eindigt op {time}; nu is het {now}.',
      end: 'einde van de geschiedenis',
      now: 'nu',
      everything: 'Alles',
      theBreak: 'De storing',
      lastDay: 'Laatste dag',
      lastDays: 'Laatste {count} dagen',
      closer: 'Inzoomen',
      wider: 'Uitzoomen',
      earlier: 'Eerder',
      later: 'Later',
      hint: 'Sleep om te verplaatsen; houd Ctrl ingedrukt en scrol om te zoomen.',
      table: 'De tijdlijn als tabel',
      newestFirst: 'De tijdlijn, nieuwste eerst',
      newestOf: 'De nieuwste {some} van {all} perioden en gebeurtenissen van de tijdlijn',
      heads: ['Wat', 'Toestand', 'Van', 'Tot', 'Duur'],
    },
    lanes: {
      registration: {
        name: 'Registratie',
        about: 'Of deze Mac en de gebruiker ervan waren geregistreerd bij de identiteitsprovider.',
        states: {
          complete: 'geregistreerd',
          device: 'alleen het apparaat is geregistreerd',
          none: 'niet geregistreerd',
          removed: 'niet ingesteld',
          unknown: 'onbekend',
        },
      },
      tokens: {
        name: 'Inlogtokens',
        about: 'Of de inlogtokens op deze Mac geldig waren of verlopen.',
        states: {
          valid: 'geldig',
          expired: 'verlopen',
          unregistered: 'geen registratie',
          unknown: 'onbekend',
        },
      },
      passwordWindow: {
        name: 'Wachtwoordbevestiging',
        about: 'Of het werkwachtwoord in de laatste 4 uur en 5 minuten was bevestigd.',
        states: {
          fresh: 'bevestigd',
          due: 'te bevestigen bij de volgende ontgrendeling',
          overdue: 'te laat',
          pending: 'macOS vraagt om het wachtwoord',
          suspended: 'geen registratie',
          unknown: 'onbekend',
        },
      },
      watching: {
        name: 'Mac en agent',
        about:
          'Wanneer de agent de Mac heeft gecontroleerd en wanneer niet: de Mac sliep of de agent was niet actief.',
        states: {
          watching: 'bewaakt',
          asleep: 'sluimerstand',
          notRunning: 'agent niet actief',
          unwatched: 'niet bewaakt',
        },
      },
      issue: { about: 'Het probleem {issue}, zolang het openstond.', open: 'open' },
      changes: {
        name: 'Wijzigingen',
        about: 'Updates, profielen, beleid en andere wijzigingen die een storing kunnen verklaren.',
      },
      shown: { name: 'Aan de gebruiker getoond', about: 'Meldingen die aan de gebruiker zijn getoond.' },
    },
    events: {
      heading: 'Gebeurtenissen',
      count: '{found} van {all} gebeurtenissen.',
      countHere: '{found} van {all} gebeurtenissen, hier {from} tot {to}.',
      newer: 'Nieuwere',
      older: 'Oudere',
      pages: 'Pagina’s met gebeurtenissen',
      table: 'Tabel met gebeurtenissen',
      newestFirst: 'Gebeurtenissen, nieuwste eerst',
      filter: 'Filter van de gebeurtenissen',
      search: 'Zoeken',
      example: 'bijvoorbeeld registration',
      which: 'Welke gebeurtenissen',
      notable: 'Alles behalve routine',
      everything: 'Alles',
      any: 'elke',
      orMore: '{severity} of hoger',
      onlyShown: 'Alleen de tijd die de tijdlijn toont',
      heads: ['Tijd', 'Wat', 'Ernst', 'Samenvatting'],
    },
    confirmations: {
      heading: 'Bevestigingen van het wachtwoord',
      none: 'Er was nog geen bevestiging nodig.',
      about:
        'Elke rij is één tokencyclus, van een bevestiging van het wachtwoord tot de volgende. De Mac weet niet wanneer het wachtwoord elders is gewijzigd.',
      late: 'Late tokencycli: {late} van {all}',
      newestFirst: 'Bevestigingen van het wachtwoord, nieuwste eerst',
      heads: [
        'Laatst bevestigd',
        'Nodig vanaf',
        'macOS vroeg',
        'Opnieuw bevestigd',
        'Uitkomst',
        'Vertraging',
        'Actieve tijd',
      ],
      outcomes: {
        open: 'nog niet',
        'token-refreshed': 'tokens vernieuwd',
        'password-synced': 'wachtwoord gesynchroniseerd',
        abandoned: 'afgebroken: andere registratie of methode',
      },
    },
    facts: {
      heading: 'Deze Mac',
      values: {
        complete: 'volledig',
        device: 'alleen het apparaat',
        none: 'geen',
        unclear: 'onduidelijk: de status van de gebruiker is een niet-gedocumenteerd getal',
        another: 'een andere',
        running: 'is actief',
        notRunning: 'is niet actief',
        yes: 'ja',
        no: 'nee',
        notInstalled: 'niet geïnstalleerd',
      },
      methods: {
        password: 'wachtwoord',
        secureEnclaveKey: 'Secure Enclave-sleutel',
        smartCard: 'smartcard',
        accessKey: 'toegangssleutel',
        openId: 'OpenID',
        none: 'geen',
        unknown: 'onbekend',
      },
      names: {
        User: 'Gebruiker',
        Device: 'Apparaat',
        'Identity provider': 'Identiteitsprovider',
        'Sign-in method': 'Inlogmethode',
        Registration: 'Registratie',
        'Password last confirmed': 'Wachtwoord laatst bevestigd',
        'Tokens expire': 'Tokens verlopen',
        'Mac password last set': 'Mac-wachtwoord laatst ingesteld',
        macOS: 'macOS',
        'Company Portal': 'Bedrijfsportal',
        'Enrolled in MDM': 'Ingeschreven in MDM',
        'PSSO Monitor': 'PSSO Monitor',
        Agent: 'Agent',
        'Last poll': 'Laatste controle',
      },
    },
    colours: { label: 'Kleuren', auto: 'Systeem', light: 'Licht', dark: 'Donker' },
    footer: {
      made: 'PSSO Monitor {version} heeft dit rapport gemaakt op {time}. Tijden zijn in je tijdzone; wijs een tijd aan om UTC te zien.',
      selfContained:
        'Dit bestand is volledig: het laadt niets en verstuurt niets. Apache ECharts tekent de grafieken.',
    },
    noScript:
      'Een script in dit bestand tekent de pagina. Sta scripts toe om de pagina te zien; het bestand laadt verder niets.',
  },
};
