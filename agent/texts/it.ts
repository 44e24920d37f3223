import { counted, type LanguageTexts } from './language-texts.ts';

// Labels of macOS, each with a page that prints it:
// - “Impostazioni di Sistema”, “Utenti e gruppi”, “Server account rete”:
//   support.apple.com/it-ch/guide/directory-utility/ior6d33c187e
// - “Accesso Portachiavi”: support.apple.com/it-ch/guide/keychain-access/kyca2429
// - Microsoft's “Portale aziendale”, “Preferenze” and “Annulla registrazione”:
//   learn.microsoft.com/it-it/mem/intune/user-help/intune-company-portal-preferences-macos
// Other labels of System Settings were not found: they are in English in quotes, with a translation in
// brackets.
const online = 'Collega il Mac a internet.';
const works = 'Non devi fare nulla.';
const users = 'Impostazioni di Sistema > Utenti e gruppi > Server account rete';
const lock = 'Blocca lo schermo (Control-Comando-Q)';
const edit = '“Edit” (modifica)';
const repair = '“Repair” (ripara)';
const authenticate = `Da macOS 14 puoi anche aprire ${users}, fare clic su ${edit} e scegliere “Authenticate”, o ${repair} se non lo vedi.`;
const askedToSignIn = 'Se macOS ti chiede di accedere, segui i passaggi.';
const withPassword = `${lock}, poi sbloccalo digitando la tua password invece di usare Touch ID.`;
const registrationStep =
  'Fai clic sulla notifica di macOS sulla registrazione richiesta (in inglese “Registration Required”) e segui i passaggi fino alla fine.';
const hiddenNotification =
  'Se non la vedi, fai clic su data e ora nella barra dei menu; potrebbe essere lì, o nascosta da una full immersion.';
const closedWindow =
  'Se la finestra di accesso è stata chiusa e macOS non la ripropone, salva il tuo lavoro, esci dal tuo account sul Mac e accedi di nuovo.';
const askForHelp = 'Se non basta, contatta il tuo supporto IT.';
const typePassword =
  'Collegati a internet, poi blocca lo schermo e sbloccalo digitando la tua password. Se macOS ti chiede di accedere, segui i passaggi.';

const lastGood = (good: string | null) =>
  good === null ? '' : `Ultima conferma dell’accesso aziendale: ${good}. `;

/** “a”, or “ad” before another “a”. */
const a = (name: string) => (/^[aàá]/i.test(name) ? `ad ${name}` : `a ${name}`);

export const it: LanguageTexts = {
  language: 'it',
  fullStop: '.',
  issues: {
    'password-change-prompt-pending': ({ changedHere = false }) => ({
      title: 'Inserisci la tua password aziendale attuale',
      body: changedHere
        ? 'La password di questo Mac è stata cambiata. Blocca lo schermo e sbloccalo con la tua password aziendale attuale; poi il Mac userà quella.'
        : 'La tua password aziendale è stata cambiata altrove o non è stato possibile verificarla. Blocca lo schermo e sbloccalo con la password aziendale attuale; poi il Mac userà quella.',
      steps: [
        online,
        `${lock}, poi inserisci la tua password aziendale attuale per sbloccarlo.`,
        'Oppure fai clic sulla notifica di macOS che ti chiede di accedere e inserisci lì la tua password aziendale attuale.',
        `Da macOS 14 puoi farlo anche in ${users} > ${edit} > “Authenticate”.`,
        changedHere
          ? 'Usa la password con cui accedi alle app di lavoro. Da quel momento anche il Mac userà quella.'
          : 'Se la tua password aziendale è stata cambiata, inserisci quella nuova: la password con cui accedi alle app di lavoro.',
        'Se il Mac non la accetta, contatta il tuo supporto IT invece di provare molte volte.',
      ],
      solved: works,
    }),
    'password-change-window-overdue': {
      title: 'Conferma la tua password aziendale su questo Mac',
      body: 'Da un po’ il Mac non riesce a verificare la tua password aziendale. Blocca lo schermo, poi sbloccalo con la tua password aziendale attuale, così il Mac può verificarla.',
      steps: [
        online,
        `${lock}, poi sbloccalo digitando la tua password aziendale attuale invece di usare Touch ID.`,
        authenticate,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: 'Il tuo accesso aziendale deve essere riparato',
      body: `Apri ${users} > “Edit” > “Repair”. Poi accedi con il tuo account aziendale, come la prima volta.`,
      steps: [
        online,
        `Apri ${users}, fai clic su ${edit}, poi su ${repair}.`,
        'Accedi con il tuo account aziendale, come durante la configurazione.',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': ({ provider, app }) =>
      provider === 'entra'
        ? {
            title: 'L’accesso aziendale va configurato di nuovo',
            body: `Apri ${app} > Preferenze e scegli “Annulla registrazione”. Poi accedi di nuovo a ${app} e segui i passaggi.`,
            steps: [
              online,
              `Apri ${app} > Preferenze.`,
              'Scegli “Annulla registrazione” (in inglese “Deregister”, nelle versioni precedenti “Unregister” o “Sign out”). Non appare alcuna conferma.',
              `Accedi di nuovo a ${app} e segui i passaggi.`,
              askForHelp,
            ],
            solved: works,
          }
        : {
            title: 'L’accesso aziendale va configurato di nuovo',
            body: 'Comunica al tuo supporto IT che l’accesso aziendale va configurato di nuovo su questo Mac. Poi accedi quando macOS te lo chiede.',
            steps: [
              online,
              'Comunica al tuo supporto IT che l’accesso aziendale va configurato di nuovo su questo Mac.',
              'Quando macOS ti chiede di accedere con il tuo account aziendale, segui i passaggi fino alla fine.',
            ],
            solved: works,
          },
    'wpj-key-not-removed-after-migration': ({ provider, app }) => ({
      title: 'Sul Mac potrebbe esserci ancora un vecchio accesso aziendale',
      body: 'Può causare richieste di accesso in più. Comunicalo al tuo supporto IT; tu non devi eliminare nulla.',
      steps: [
        'Comunica al tuo supporto IT che sul tuo Mac potrebbe esserci ancora un vecchio accesso aziendale.',
        'Non eliminare nulla in Accesso Portachiavi, se non te lo chiede il tuo supporto IT.',
        provider === 'entra'
          ? `Se ti chiedono di ricominciare, apri ${app} > Preferenze, scegli “Annulla registrazione”, poi accedi lì di nuovo.`
          : 'Se ti chiedono di ricominciare, segui i passaggi che ti indicano.',
      ],
      solved: 'Il vecchio accesso aziendale è stato rimosso. Non devi fare nulla.',
    }),
    'passcode-policy-complexity-mismatch': ({ minimumLength }) => {
      const length =
        minimumLength === undefined
          ? null
          : counted('it', minimumLength, { one: 'carattere', other: 'caratteri' });
      return {
        title: 'La password aziendale forse non rispetta le regole del Mac',
        body:
          length === null
            ? 'Questo Mac ha le sue regole per le password. Se la tua password aziendale non le rispetta, scegline una che le rispetti, poi blocca e sblocca lo schermo.'
            : `Questo Mac richiede almeno ${length}. Se la tua password aziendale non rispetta le sue regole, scegline una che le rispetti, poi blocca e sblocca lo schermo.`,
        steps: [
          length === null
            ? 'Controlla se la tua password aziendale rispetta le regole per le password di questo Mac.'
            : `Controlla se la tua password aziendale ha almeno ${length}. Questo Mac lo richiede e può avere altre regole.`,
          'Se la tua password aziendale rispetta queste regole, non devi cambiarla.',
          'Altrimenti scegline una che le rispetti, dove di solito cambi la tua password aziendale.',
          `${lock}, poi sbloccalo con la nuova password aziendale.`,
          'Se non conosci le regole, contatta il tuo supporto IT.',
        ],
        solved: 'Le regole per le password di questo Mac non sono più un ostacolo. Non devi fare nulla.',
      };
    },
    'registration-long-running-macos14': {
      title: 'L’accesso aziendale non è ancora configurato',
      body: `Quando macOS lo chiederà di nuovo tra circa 10 minuti, segui i passaggi. Oppure apri ${users} e scegli “Register”.`,
      steps: [
        online,
        'Aspetta circa 10 minuti. Quando macOS lo chiederà di nuovo, segui i passaggi fino alla fine.',
        `Oppure apri ${users} e scegli “Register” (registra), o ${edit} > ${repair}.`,
        closedWindow,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: 'L’accesso aziendale non è ancora configurato',
      body: 'Può richiedere alcuni minuti; se macOS ti chiede di riprovare, segui i passaggi. Se non appare nulla, esci dal tuo account sul Mac e accedi di nuovo.',
      steps: [
        online,
        'Aspetta alcuni minuti e riprova se macOS te lo chiede.',
        'Se non appare nulla, salva il tuo lavoro, esci dal tuo account sul Mac e accedi di nuovo.',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': ({ deviceRegistered = false }) => ({
      title: 'Configura l’accesso aziendale su questo Mac',
      body: 'Fai clic sulla notifica di macOS “Registration Required” e segui i passaggi. Poi le app di lavoro potranno farti accedere automaticamente.',
      steps: [
        online,
        registrationStep,
        hiddenNotification,
        `Da macOS 14 puoi farlo anche in ${users}: scegli “Register” (registra), o ${edit} > ${repair}.`,
        ...(deviceRegistered
          ? [
              'Lì potresti già vedere “Registered” (“registrato”). Vale per il tuo Mac; il tuo account deve ancora essere configurato.',
            ]
          : []),
        closedWindow,
        askForHelp,
      ],
      solved: works,
    }),
    'sso-tokens-expired': {
      title: 'Il tuo accesso aziendale è scaduto',
      body: typePassword,
      steps: [
        online,
        'Controlla che la data e l’ora del Mac siano corrette.',
        withPassword,
        askedToSignIn,
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-missing': {
      title: 'Il tuo accesso aziendale non è attivo',
      body: typePassword,
      steps: [online, withPassword, askedToSignIn, authenticate, askForHelp],
      solved: works,
    },
    'company-portal-missing': {
      title: 'Manca l’app per il tuo accesso aziendale',
      body: 'L’accesso aziendale ha bisogno dell’app Portale aziendale, che su questo Mac non c’è. Installala dal catalogo di app della tua azienda o contatta il tuo supporto IT.',
      steps: [
        online,
        'Apri l’app in cui la tua azienda offre il suo software, per esempio “Self Service” o “Managed Software Center”.',
        'Installa da lì “Portale aziendale” (Company Portal) nella cartella Applicazioni.',
        'Se hai spostato l’app in un’altra cartella, rimettila in Applicazioni.',
        'Se non trovi l’app, contatta il tuo supporto IT.',
      ],
      solved: 'Portale aziendale è di nuovo installato. Non devi fare nulla.',
    },
    'auth-method-changed-reregister': {
      title: 'Configura di nuovo l’accesso aziendale',
      body: 'La tua azienda ha cambiato il modo in cui accedi con l’account aziendale su questo Mac. Fai clic sulla notifica di macOS “Registration Required” e segui i passaggi.',
      steps: [
        online,
        'Tieni a portata di mano il telefono o quello che usi per confermare un accesso.',
        registrationStep,
        hiddenNotification,
        `Da macOS 14 puoi farlo anche in ${users}: ${edit} > ${repair}.`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-token-refresh-overdue': {
      title: 'Il Mac non ha potuto rinnovare il tuo accesso aziendale',
      body: 'Per ora puoi continuare a lavorare. Blocca lo schermo e sbloccalo; se macOS ti chiede di accedere, segui i passaggi.',
      steps: [online, `${lock}, poi sbloccalo come fai di solito.`, askedToSignIn, authenticate, askForHelp],
      solved: works,
    },
    'token-binding-owed': {
      title: 'Sblocca questo Mac una volta con la sua password',
      body: 'Il tuo accesso aziendale va confermato una volta. Blocca lo schermo, poi sbloccalo digitando la password di questo Mac invece di usare Touch ID.',
      steps: [
        online,
        `${lock}, poi sbloccalo digitando la password di questo Mac invece di usare Touch ID.`,
        'Se macOS ti chiede di accedere, inserisci la password di questo Mac.',
        askForHelp,
      ],
      solved: works,
    },
    'user-authentication-required': {
      title: 'Accedi di nuovo con il tuo account aziendale',
      body: typePassword,
      steps: [online, withPassword, askedToSignIn, authenticate, askForHelp],
      solved: works,
    },
  },
  apps: { entra: 'Portale aziendale', okta: 'Okta Verify', other: 'l’app per il tuo accesso aziendale' },
  restartFirst: {
    body: 'Prima riavvia il Mac, collegalo a internet e accedi. Se poi macOS ti chiede di accedere con il tuo account aziendale, segui i passaggi.',
    step: 'Salva il tuo lavoro, poi riavvia il Mac. Se l’accesso aziendale funziona di nuovo, puoi saltare gli altri passaggi.',
  },
  helpdesk: [
    {
      phrase: 'al tuo supporto IT',
      named: a,
      of: (organization) => `al supporto IT di ${organization}`,
    },
    {
      phrase: 'il tuo supporto IT',
      named: (helpdesk) => helpdesk,
      of: (organization) => `il supporto IT di ${organization}`,
    },
  ],
  help: (helpdesk) => `Aiuto: ${helpdesk}.`,
  connect: online,
  ownSolved: {
    title: 'Non c’è più nulla da fare',
    body: (title) => `“${title}” non è più attuale. ${works}`,
  },
  solvedTitle: 'L’accesso aziendale funziona di nuovo',
  window: {
    fresh: (good) => `${lastGood(good)}macOS verifica di nuovo automaticamente.`,
    due: (good) => `${lastGood(good)}macOS verificherà di nuovo al prossimo sblocco.`,
    hint: (good) => `${lastGood(good)}Blocca e sblocca lo schermo perché macOS verifichi di nuovo.`,
    overdue: (good) =>
      `${lastGood(good)}Da allora il Mac non è riuscito a verificare; blocca lo schermo, poi sbloccalo con la tua password aziendale attuale.`,
    pending: () => 'macOS attende la tua password aziendale.',
    suspended: (good) => `${lastGood(good)}Prima l’accesso aziendale va configurato o riparato.`,
    removed: (good) => `${lastGood(good)}Da allora l’accesso aziendale è stato rimosso da questo Mac.`,
    notApplicable: () => 'La password del Mac è indipendente dalla tua password aziendale.',
    methodNotUnderstood: (method) =>
      `Questa versione di PSSO Monitor non sa come il metodo di accesso ${method} influisca sulla password del Mac.`,
    unknown: (good) =>
      good === null
        ? 'Non si sa quando la tua password aziendale è stata confermata l’ultima volta.'
        : `${lastGood(good)}Non ci sono informazioni più recenti.`,
  },
  advice: {
    title: 'Il tuo accesso aziendale su questo Mac',
    headlines: {
      ok: 'L’accesso aziendale funziona su questo Mac.',
      'needs-attention': 'C’è un problema con il tuo accesso aziendale.',
      'not-registered': 'Il tuo accesso aziendale non è configurato del tutto.',
      'not-configured': 'L’accesso aziendale non è configurato su questo Mac.',
      exempt: 'Il tuo account non ha bisogno dell’accesso aziendale su questo Mac.',
    },
    unknown: 'Al momento il tuo accesso aziendale non può essere verificato.',
    noHistory: 'Il tuo accesso aziendale non è stato ancora verificato. Riprova tra dieci minuti.',
    elsewhere: 'Se non riesci comunque ad accedere, contatta il tuo supporto IT.',
    silenced: (until) => `Hai scelto di non ricevere notifiche su questo fino a questa data: ${until}.`,
    close: 'OK',
    makeReport: 'Crea un report per l’IT',
  },
  notificationTest: {
    title: 'Notifica di prova',
    body: 'Se riesci a leggere questo testo, le notifiche sul tuo accesso aziendale ti arrivano. Non devi fare nulla.',
  },
  report: {
    title: 'Platform SSO su {mac}',
    thisMac: 'questo Mac',
    helpdesk: 'Supporto IT',
    headlines: {
      ok: 'Platform SSO funziona.',
      'needs-attention': 'Platform SSO richiede attenzione.',
      'not-registered': 'Platform SSO è configurato, ma non registrato.',
      'not-configured': 'Platform SSO non è configurato su questo Mac.',
      exempt: 'Questo account è esente da Platform SSO.',
      unknown: 'Non si sa se Platform SSO funziona.',
    },
    notKnown: {
      since: 'Non noto da: {time} (prima: {was})',
      neverPolled: 'Non noto: l’agente non ha ancora fatto alcuna lettura (prima: {was})',
    },
    stateOfSignIn: 'Stato dell’accesso',
    file: 'file {file}',
    tones: {
      good: 'OK',
      quiet: 'Nessuna azione necessaria',
      notice: 'Da controllare',
      bad: 'Problema',
      unknown: 'Sconosciuto',
    },
    severities: { info: 'informazione', low: 'bassa', medium: 'media', high: 'alta' },
    lastKnown: 'Ultimo stato noto:',
    since: 'Da: {time}.',
    issues: {
      noneOpen: 'Nessun problema aperto',
      noneWasOpen: 'Nessun problema era aperto',
      openSince: 'Aperto da: {time} ({duration}), gravità {severity}.',
      historyEnds: 'Fine della cronologia: {time}; lo stato da allora è sconosciuto.',
      silenced: 'L’utente ha silenziato le notifiche di questo problema fino a: {time}.',
      changedBefore: 'Che cosa è cambiato prima',
      userSteps: 'Che cosa può fare l’utente',
      adminSteps: 'Per l’amministratore (in inglese): rimedi, conferma, link',
      open: { one: 'Un problema aperto', other: '{count} problemi aperti' },
      resolved: { one: 'Un problema risolto', other: '{count} problemi risolti' },
      heads: ['Problema', 'Inizio', 'Risolto', 'Durata', 'Riepilogo'],
    },
    timeline: {
      heading: 'Linea del tempo',
      empty: 'Non è stato ancora registrato nulla.',
      shown: 'Visibile: {from} – {to} ({length}), fuso orario {zone}.',
      about: 'Linea del tempo: {names}. La tabella sotto ha lo stesso contenuto.',
      part: 'Quale parte della linea del tempo',
      ended: 'Fine della cronologia: {time}; ora: {now}.',
      end: 'fine della cronologia',
      now: 'ora',
      everything: 'Tutto',
      theBreak: 'Il guasto',
      lastDay: 'Ultimo giorno',
      lastDays: 'Ultimi {count} giorni',
      closer: 'Ingrandisci',
      wider: 'Riduci',
      earlier: 'Prima',
      later: 'Dopo',
      hint: 'Trascina per spostare; tieni premuto Ctrl e scorri per ingrandire o ridurre.',
      table: 'La linea del tempo come tabella',
      newestFirst: 'La linea del tempo, prima i più recenti',
      newestOf: 'I {some} più recenti di {all} intervalli ed eventi della linea del tempo',
      heads: ['Che cosa', 'Stato', 'Da', 'Fino a', 'Durata'],
    },
    lanes: {
      registration: {
        name: 'Registrazione',
        about: 'Se questo Mac e il suo utente erano registrati presso il provider di identità.',
        states: {
          complete: 'registrato',
          device: 'è registrato solo il dispositivo',
          none: 'non registrato',
          removed: 'non configurato',
          unknown: 'sconosciuto',
        },
      },
      tokens: {
        name: 'Token di accesso',
        about: 'Se i token di accesso su questo Mac erano validi o scaduti.',
        states: {
          valid: 'validi',
          expired: 'scaduti',
          unregistered: 'nessuna registrazione',
          unknown: 'sconosciuto',
        },
      },
      passwordWindow: {
        name: 'Conferma della password',
        about: 'Se la password aziendale era stata confermata nelle 4 ore e 5 minuti precedenti.',
        states: {
          fresh: 'confermata',
          due: 'da confermare al prossimo sblocco',
          overdue: 'in ritardo',
          pending: 'macOS chiede la password',
          suspended: 'nessuna registrazione',
          unknown: 'sconosciuto',
        },
      },
      watching: {
        name: 'Mac e agente',
        about:
          'Quando l’agente ha fatto letture e quando no: il Mac era in stop o l’agente non era in esecuzione.',
        states: {
          watching: 'osservato',
          asleep: 'in stop',
          notRunning: 'agente non in esecuzione',
          unwatched: 'non osservato',
        },
      },
      issue: { about: 'Il problema {issue}, mentre era aperto.', open: 'aperto' },
      changes: {
        name: 'Modifiche',
        about: 'Aggiornamenti, profili, criteri e altre modifiche che possono spiegare un guasto.',
      },
      shown: { name: 'Mostrato all’utente', about: 'Notifiche che sono state mostrate all’utente.' },
    },
    events: {
      heading: 'Eventi',
      count: '{found} di {all} eventi.',
      countHere: '{found} di {all} eventi, qui da {from} a {to}.',
      newer: 'Più recenti',
      older: 'Meno recenti',
      pages: 'Pagine di eventi',
      table: 'Tabella degli eventi',
      newestFirst: 'Eventi, prima i più recenti',
      filter: 'Filtro degli eventi',
      search: 'Cerca',
      example: 'per esempio registration',
      which: 'Quali eventi',
      notable: 'Tutti tranne quelli di routine',
      everything: 'Tutti',
      any: 'qualsiasi',
      orMore: '{severity} o più',
      onlyShown: 'Solo il periodo mostrato nella linea del tempo',
      heads: ['Ora', 'Che cosa', 'Gravità', 'Riepilogo'],
    },
    confirmations: {
      heading: 'Conferme della password',
      none: 'Nessuna conferma era ancora prevista.',
      about:
        'Ogni riga è un ciclo di token, da una conferma della password alla successiva. Il Mac non sa quando la password è stata cambiata altrove.',
      late: 'Cicli di token in ritardo: {late} di {all}',
      newestFirst: 'Conferme della password, prima la più recente',
      heads: [
        'Ultima conferma',
        'Scadenza',
        'Richiesta di macOS',
        'Nuova conferma',
        'Esito',
        'Ritardo',
        'Tempo attivo',
      ],
      outcomes: {
        open: 'non ancora',
        'token-refreshed': 'token rinnovati',
        'password-synced': 'password sincronizzata',
        abandoned: 'abbandonato: altra registrazione o altro metodo',
      },
    },
    facts: {
      heading: 'Questo Mac',
      values: {
        complete: 'completa',
        device: 'solo il dispositivo',
        none: 'nessuna',
        unclear: 'incerta: lo stato dell’utente è un numero non documentato',
        another: 'un altro',
        running: 'in esecuzione',
        notRunning: 'non in esecuzione',
        yes: 'sì',
        no: 'no',
        notInstalled: 'non installato',
      },
      methods: {
        password: 'password',
        secureEnclaveKey: 'chiave Secure Enclave',
        smartCard: 'smart card',
        accessKey: 'chiave di accesso',
        openId: 'OpenID',
        none: 'nessuno',
        unknown: 'sconosciuto',
      },
      names: {
        User: 'Utente',
        Device: 'Dispositivo',
        'Identity provider': 'Provider di identità',
        'Sign-in method': 'Metodo di accesso',
        Registration: 'Registrazione',
        'Password last confirmed': 'Ultima conferma della password',
        'Tokens expire': 'Scadenza dei token',
        'Mac password last set': 'Password del Mac impostata l’ultima volta',
        macOS: 'macOS',
        'Company Portal': 'Portale aziendale',
        'Enrolled in MDM': 'Registrato nell’MDM',
        'PSSO Monitor': 'PSSO Monitor',
        Agent: 'Agente',
        'Last poll': 'Ultima lettura',
      },
    },
    colours: { label: 'Colori', auto: 'Sistema', light: 'Chiaro', dark: 'Scuro' },
    footer: {
      made: 'PSSO Monitor {version} ha creato questo report: {time}. Gli orari sono nel tuo fuso orario; passa il puntatore su un orario per vederlo in UTC.',
      selfContained:
        'Questo file è autonomo: non carica nulla e non invia nulla. Apache ECharts disegna i grafici.',
    },
    noScript:
      'Uno script di questo file disegna la pagina. Consenti gli script per vederla; il file non carica altro.',
  },
};
