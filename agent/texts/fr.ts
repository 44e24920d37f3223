import { counted, type LanguageTexts } from './language-texts.ts';

// Labels of macOS, each with a page that prints it:
// - “Réglages Système”: support.apple.com/fr-mu/guide/mac-help/mchl3f671010
// - “Utilisateurs et groupes”: support.apple.com/fr-gn/HT203127
// - “Trousseaux d’accès”: support.apple.com/fr-cf/guide/mac-help/mh11399
// - Microsoft's “Portail d’entreprise”:
//   learn.microsoft.com/fr-fr/mem/intune/fundamentals/deployment-guide-enrollment-macos
// Other labels of System Settings were not found: they are in English in quotes, with a translation in
// brackets.
const online = 'Connectez votre Mac à Internet.';
const works = 'Vous n’avez rien à faire.';
const users = 'Réglages Système > Utilisateurs et groupes > « Network Account Server »';
const lock = 'Verrouillez l’écran (Contrôle-Commande-Q)';
const edit = '« Edit » (modifier)';
const repair = '« Repair » (réparer)';
const authenticate = `À partir de macOS 14, vous pouvez aussi ouvrir ${users}, cliquer sur ${edit} et choisir « Authenticate », ou ${repair} si vous ne le voyez pas.`;
const askedToSignIn = 'Si macOS vous demande de vous connecter, suivez les étapes.';
const withPassword = `${lock}, puis déverrouillez-le en saisissant votre mot de passe plutôt qu’avec Touch ID.`;
const registrationStep =
  'Cliquez sur la notification de macOS sur l’inscription requise (en anglais « Registration Required ») et suivez les étapes jusqu’au bout.';
const hiddenNotification =
  'Si vous ne la voyez pas, cliquez sur la date et l’heure dans la barre des menus ; elle y attend peut-être, ou est masquée par un mode de concentration.';
const closedWindow =
  'Si la fenêtre de connexion a été fermée et que macOS ne vous redemande rien, enregistrez votre travail, fermez votre session sur le Mac et ouvrez-la de nouveau.';
const askForHelp = 'Si cela ne suffit pas, contactez votre support informatique.';
const typePassword =
  'Connectez-vous à Internet, puis verrouillez l’écran et déverrouillez-le en saisissant votre mot de passe. Si macOS vous demande de vous connecter, suivez les étapes.';

const lastGood = (good: string | null) =>
  good === null ? '' : `Dernière confirmation de la connexion professionnelle : ${good}. `;

/** “de”, or “d’” before a vowel. */
const de = (name: string) => (/^[aeiouyàâäéèêëîïôöùûü]/i.test(name) ? `d’${name}` : `de ${name}`);

export const fr: LanguageTexts = {
  language: 'fr',
  fullStop: '.',
  issues: {
    'password-change-prompt-pending': ({ changedHere = false }) => ({
      title: 'Saisissez votre mot de passe professionnel actuel',
      body: changedHere
        ? 'Le mot de passe de ce Mac a été modifié. Verrouillez l’écran, puis déverrouillez-le avec votre mot de passe professionnel actuel ; votre Mac l’utilisera ensuite.'
        : 'Votre mot de passe professionnel a été modifié ailleurs ou n’a pas pu être vérifié. Verrouillez l’écran, déverrouillez-le avec le mot de passe actuel ; le Mac l’utilisera ensuite.',
      steps: [
        online,
        `${lock}, puis saisissez votre mot de passe professionnel actuel pour le déverrouiller.`,
        'Ou cliquez sur la notification de macOS qui vous demande de vous connecter, et saisissez-y votre mot de passe professionnel actuel.',
        `À partir de macOS 14, vous pouvez aussi le faire dans ${users} > ${edit} > « Authenticate ».`,
        changedHere
          ? 'Utilisez le mot de passe avec lequel vous vous connectez à vos apps professionnelles. Votre Mac l’utilisera ensuite aussi.'
          : 'Si votre mot de passe professionnel a été modifié, saisissez le nouveau, avec lequel vous vous connectez à vos apps professionnelles.',
        'Si votre Mac ne l’accepte pas, contactez votre support informatique au lieu d’essayer plusieurs fois.',
      ],
      solved: works,
    }),
    'password-change-window-overdue': {
      title: 'Confirmez votre mot de passe professionnel sur ce Mac',
      body: 'Votre Mac n’arrive plus à vérifier votre mot de passe professionnel. Verrouillez l’écran, puis déverrouillez-le avec votre mot de passe professionnel actuel pour qu’il le vérifie.',
      steps: [
        online,
        `${lock}, puis déverrouillez-le en saisissant votre mot de passe professionnel actuel plutôt qu’avec Touch ID.`,
        authenticate,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: 'Votre connexion professionnelle doit être réparée',
      body: `Ouvrez ${users} > « Edit » > « Repair ». Puis connectez-vous avec votre compte professionnel, comme la première fois.`,
      steps: [
        online,
        `Ouvrez ${users}, cliquez sur ${edit}, puis sur ${repair}.`,
        'Connectez-vous avec votre compte professionnel, comme lors de la configuration.',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': ({ provider, app }) =>
      provider === 'entra'
        ? {
            title: 'Votre connexion professionnelle doit être reconfigurée',
            body: `Ouvrez les préférences de l’app ${app} et choisissez « Deregister ». Reconnectez-vous ensuite dans l’app et suivez les étapes.`,
            steps: [
              online,
              `Ouvrez les préférences de l’app ${app}.`,
              'Choisissez « Deregister » (retirer ce Mac ; « Unregister » ou « Sign out » dans les anciennes versions). Aucune confirmation n’apparaît.',
              `Reconnectez-vous dans l’app ${app} et suivez les étapes.`,
              askForHelp,
            ],
            solved: works,
          }
        : {
            title: 'Votre connexion professionnelle doit être reconfigurée',
            body: 'Dites à votre support informatique que la connexion professionnelle doit être reconfigurée sur ce Mac. Connectez-vous ensuite quand macOS vous le demande.',
            steps: [
              online,
              'Dites à votre support informatique que la connexion professionnelle doit être reconfigurée sur ce Mac.',
              'Quand macOS vous demande de vous connecter avec votre compte professionnel, suivez les étapes jusqu’au bout.',
            ],
            solved: works,
          },
    'wpj-key-not-removed-after-migration': ({ provider, app }) => ({
      title: 'Ce Mac a peut-être une ancienne connexion professionnelle',
      body: 'Elle peut provoquer des demandes de connexion en trop. Dites-le à votre support informatique ; vous n’avez rien à supprimer vous-même.',
      steps: [
        'Dites à votre support informatique qu’une ancienne connexion professionnelle est peut-être restée sur votre Mac.',
        'Ne supprimez rien dans Trousseaux d’accès, sauf si votre support informatique vous le demande.',
        provider === 'entra'
          ? `S’il vous demande de recommencer, ouvrez les préférences de l’app ${app}, choisissez « Deregister », puis reconnectez-vous dans l’app.`
          : 'S’il vous demande de recommencer, suivez les étapes de votre support informatique.',
      ],
      solved: 'L’ancienne connexion professionnelle a été retirée. Vous n’avez rien à faire.',
    }),
    'passcode-policy-complexity-mismatch': ({ minimumLength }) => {
      const length =
        minimumLength === undefined
          ? null
          : counted('fr', minimumLength, { one: 'caractère', other: 'caractères' });
      return {
        title: 'Votre mot de passe ne respecte peut-être pas les règles',
        body:
          length === null
            ? 'Ce Mac a ses propres règles de mot de passe. Si votre mot de passe professionnel ne les respecte pas, choisissez-en un qui les respecte, puis verrouillez et déverrouillez l’écran.'
            : `Ce Mac exige au moins ${length}. Si votre mot de passe professionnel ne respecte pas ses règles, choisissez-en un qui les respecte, puis verrouillez et déverrouillez l’écran.`,
        steps: [
          length === null
            ? 'Vérifiez si votre mot de passe professionnel respecte les règles de mot de passe de ce Mac.'
            : `Vérifiez si votre mot de passe professionnel a au moins ${length}. Ce Mac l’exige et peut avoir d’autres règles.`,
          'Si votre mot de passe professionnel respecte ces règles, il n’est pas nécessaire de le changer.',
          'Sinon, choisissez-en un qui les respecte, là où vous changez d’habitude votre mot de passe professionnel.',
          `${lock}, puis déverrouillez-le avec le nouveau mot de passe professionnel.`,
          'Si vous ne connaissez pas les règles, contactez votre support informatique.',
        ],
        solved: 'Les règles de mot de passe de ce Mac ne posent plus problème. Vous n’avez rien à faire.',
      };
    },
    'registration-long-running-macos14': {
      title: 'Votre connexion professionnelle n’est pas encore configurée',
      body: `Quand macOS redemandera dans 10 minutes environ, suivez les étapes. Ou ouvrez ${users} et choisissez « Register ».`,
      steps: [
        online,
        'Attendez environ 10 minutes. Quand macOS redemande, suivez les étapes jusqu’au bout.',
        `Ou ouvrez ${users} et choisissez « Register » (inscrire), ou ${edit} > ${repair}.`,
        closedWindow,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: 'Votre connexion professionnelle n’est pas encore configurée',
      body: 'Cela peut prendre quelques minutes ; si macOS vous demande de réessayer, suivez les étapes. Si rien n’apparaît, fermez votre session sur le Mac et ouvrez-la de nouveau.',
      steps: [
        online,
        'Attendez quelques minutes, et réessayez si macOS vous le demande.',
        'Si rien n’apparaît, enregistrez votre travail, fermez votre session sur le Mac et ouvrez-la de nouveau.',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': ({ deviceRegistered = false }) => ({
      title: 'Configurez la connexion professionnelle sur ce Mac',
      body: 'Cliquez sur la notification de macOS « Registration Required » et suivez les étapes. Vos apps professionnelles pourront ensuite vous connecter automatiquement.',
      steps: [
        online,
        registrationStep,
        hiddenNotification,
        `À partir de macOS 14, vous pouvez aussi le faire dans ${users} : choisissez « Register » (inscrire), ou ${edit} > ${repair}.`,
        ...(deviceRegistered
          ? [
              'Vous y voyez peut-être déjà « Registered » (inscrit). Cela vaut pour votre Mac ; votre compte reste à configurer.',
            ]
          : []),
        closedWindow,
        askForHelp,
      ],
      solved: works,
    }),
    'sso-tokens-expired': {
      title: 'Votre connexion professionnelle a expiré',
      body: typePassword,
      steps: [
        online,
        'Vérifiez que la date et l’heure de votre Mac sont correctes.',
        withPassword,
        askedToSignIn,
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-missing': {
      title: 'Votre connexion professionnelle n’est pas active',
      body: typePassword,
      steps: [online, withPassword, askedToSignIn, authenticate, askForHelp],
      solved: works,
    },
    'company-portal-missing': {
      title: 'L’app de votre connexion professionnelle est absente',
      body: 'La connexion professionnelle exige l’app Portail d’entreprise, absente de ce Mac. Installez-la depuis le catalogue d’apps de l’entreprise ou contactez votre support informatique.',
      steps: [
        online,
        'Ouvrez l’app dans laquelle votre entreprise propose ses logiciels, par exemple « Self Service » ou « Managed Software Center ».',
        'Installez-y « Portail d’entreprise » (Company Portal), dans le dossier Applications.',
        'Si vous avez déplacé l’app dans un autre dossier, remettez-la dans Applications.',
        'Si vous ne trouvez pas l’app, contactez votre support informatique.',
      ],
      solved: 'Portail d’entreprise est de nouveau installé. Vous n’avez rien à faire.',
    },
    'auth-method-changed-reregister': {
      title: 'Configurez de nouveau la connexion professionnelle',
      body: 'Votre entreprise a modifié la façon dont ce Mac vous connecte. Cliquez sur la notification de macOS « Registration Required » et suivez les étapes.',
      steps: [
        online,
        'Gardez à portée de main votre téléphone, ou ce qui vous sert d’habitude à confirmer une connexion.',
        registrationStep,
        hiddenNotification,
        `À partir de macOS 14, vous pouvez aussi le faire dans ${users} : ${edit} > ${repair}.`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-token-refresh-overdue': {
      title: 'Ce Mac n’a pas pu renouveler la connexion professionnelle',
      body: 'Vous pouvez continuer à travailler pour le moment. Verrouillez l’écran et déverrouillez-le ; si macOS vous demande de vous connecter, suivez les étapes.',
      steps: [
        online,
        `${lock}, puis déverrouillez-le comme d’habitude.`,
        askedToSignIn,
        authenticate,
        askForHelp,
      ],
      solved: works,
    },
    'token-binding-owed': {
      title: 'Déverrouillez une fois ce Mac avec son mot de passe',
      body: 'Votre connexion professionnelle doit être confirmée une fois. Verrouillez l’écran, puis déverrouillez-le en saisissant le mot de passe de ce Mac plutôt qu’avec Touch ID.',
      steps: [
        online,
        `${lock}, puis déverrouillez-le en saisissant le mot de passe de ce Mac plutôt qu’avec Touch ID.`,
        'Si macOS vous demande de vous connecter, saisissez le mot de passe de ce Mac.',
        askForHelp,
      ],
      solved: works,
    },
    'user-authentication-required': {
      title: 'Reconnectez-vous avec votre compte professionnel',
      body: typePassword,
      steps: [online, withPassword, askedToSignIn, authenticate, askForHelp],
      solved: works,
    },
  },
  apps: {
    entra: 'Portail d’entreprise',
    okta: 'Okta Verify',
    other: 'de votre connexion professionnelle',
  },
  restartFirst: {
    body: 'Redémarrez d’abord votre Mac, connectez-le à Internet et ouvrez votre session. Si macOS vous demande ensuite de vous connecter, suivez les étapes.',
    step: 'Enregistrez votre travail, puis redémarrez votre Mac. Si la connexion professionnelle fonctionne de nouveau, vous pouvez ignorer les autres étapes.',
  },
  helpdesk: [
    {
      phrase: 'de votre support informatique',
      named: de,
      of: (organization) => `du support informatique ${de(organization)}`,
    },
    {
      phrase: 'à votre support informatique',
      named: (helpdesk) => `à ${helpdesk}`,
      of: (organization) => `au support informatique ${de(organization)}`,
    },
    {
      phrase: 'votre support informatique',
      named: (helpdesk) => helpdesk,
      of: (organization) => `le support informatique ${de(organization)}`,
    },
  ],
  help: (helpdesk) => `Aide : ${helpdesk}.`,
  connect: online,
  ownSolved: {
    title: 'Il n’y a plus rien à faire',
    body: (title) => `« ${title} » ne s’applique plus. ${works}`,
  },
  solvedTitle: 'La connexion professionnelle fonctionne de nouveau',
  window: {
    fresh: (good) => `${lastGood(good)}macOS vérifie de nouveau automatiquement.`,
    due: (good) => `${lastGood(good)}macOS vérifiera de nouveau à votre prochain déverrouillage.`,
    hint: (good) =>
      `${lastGood(good)}Verrouillez et déverrouillez l’écran pour que macOS vérifie de nouveau.`,
    overdue: (good) =>
      `${lastGood(good)}Depuis, votre Mac n’a pas pu vérifier ; verrouillez l’écran, puis déverrouillez-le avec votre mot de passe professionnel actuel.`,
    pending: () => 'macOS attend votre mot de passe professionnel.',
    suspended: (good) =>
      `${lastGood(good)}La connexion professionnelle doit d’abord être configurée ou réparée.`,
    removed: (good) => `${lastGood(good)}Depuis, la connexion professionnelle a été retirée de ce Mac.`,
    notApplicable: () => 'Le mot de passe de votre Mac est indépendant de votre mot de passe professionnel.',
    methodNotUnderstood: (method) =>
      `Cette version de PSSO Monitor ne sait pas comment la méthode de connexion ${method} agit sur le mot de passe du Mac.`,
    unknown: (good) =>
      good === null
        ? 'On ne sait pas quand votre mot de passe professionnel a été confirmé pour la dernière fois.'
        : `${lastGood(good)}Il n’y a pas d’information plus récente.`,
  },
  advice: {
    title: 'Votre connexion professionnelle sur ce Mac',
    headlines: {
      ok: 'La connexion professionnelle fonctionne sur ce Mac.',
      'needs-attention': 'Il y a un problème avec votre connexion professionnelle.',
      'not-registered': 'Votre connexion professionnelle n’est pas entièrement configurée.',
      'not-configured': 'La connexion professionnelle n’est pas configurée sur ce Mac.',
      exempt: 'Votre compte n’a pas besoin de la connexion professionnelle sur ce Mac.',
    },
    unknown: 'Votre connexion professionnelle ne peut pas être vérifiée pour le moment.',
    noHistory: 'Votre connexion professionnelle n’a pas encore été vérifiée. Réessayez dans dix minutes.',
    elsewhere: 'Si vous ne parvenez toujours pas à vous connecter, contactez votre support informatique.',
    silenced: (until) =>
      `Vous avez choisi de ne pas recevoir de notification à ce sujet jusqu’à cette date : ${until}.`,
    close: 'OK',
    makeReport: 'Créer un rapport pour l’informatique',
  },
  notificationTest: {
    title: 'Notification de test',
    body: 'Si vous lisez ceci, les notifications sur votre connexion professionnelle vous parviennent. Vous n’avez rien à faire.',
  },
  report: {
    title: 'Platform SSO sur {mac}',
    thisMac: 'ce Mac',
    helpdesk: 'Support informatique',
    headlines: {
      ok: 'Platform SSO fonctionne.',
      'needs-attention': 'Platform SSO requiert votre attention.',
      'not-registered': 'Platform SSO est configuré, mais pas inscrit.',
      'not-configured': 'Platform SSO n’est pas configuré sur ce Mac.',
      exempt: 'Ce compte est exempté de Platform SSO.',
      unknown: 'On ne sait pas si Platform SSO fonctionne.',
    },
    notKnown: {
      since: 'Inconnu depuis : {time} (avant : {was})',
      neverPolled: 'Inconnu : l’agent n’a encore effectué aucun relevé (avant : {was})',
    },
    stateOfSignIn: 'État de la connexion',
    file: 'fichier {file}',
    tones: { good: 'OK', quiet: 'Rien à faire', notice: 'À vérifier', bad: 'Problème', unknown: 'Inconnu' },
    severities: { info: 'information', low: 'faible', medium: 'moyenne', high: 'élevée' },
    lastKnown: 'Dernier état connu :',
    since: 'Depuis : {time}.',
    issues: {
      noneOpen: 'Aucun problème en cours',
      noneWasOpen: 'Aucun problème n’était en cours',
      openSince: 'En cours depuis : {time} ({duration}), gravité {severity}.',
      historyEnds: 'Fin de l’historique : {time} ; l’état depuis est inconnu.',
      silenced: 'L’utilisateur a désactivé les notifications de ce problème jusqu’à cette date : {time}.',
      changedBefore: 'Ce qui a changé avant',
      userSteps: 'Ce que l’utilisateur peut faire',
      adminSteps: 'Pour l’administrateur (en anglais) : remèdes, confirmation, liens',
      open: { one: 'Un problème en cours', other: '{count} problèmes en cours' },
      resolved: { one: 'Un problème résolu', other: '{count} problèmes résolus' },
      heads: ['Problème', 'Début', 'Résolu', 'Durée', 'Résumé'],
    },
    timeline: {
      heading: 'Chronologie',
      empty: 'Rien n’a encore été enregistré.',
      shown: 'Affiché : {from} – {to} ({length}), fuseau {zone}.',
      about: 'Chronologie : {names}. Le tableau ci-dessous a le même contenu.',
      part: 'Quelle partie de la chronologie',
      ended: 'Fin de l’historique : {time} ; maintenant : {now}.',
      end: 'fin de l’historique',
      now: 'maintenant',
      everything: 'Tout',
      theBreak: 'La panne',
      lastDay: 'Dernier jour',
      lastDays: '{count} derniers jours',
      closer: 'Zoom avant',
      wider: 'Zoom arrière',
      earlier: 'Plus tôt',
      later: 'Plus tard',
      hint: 'Faites glisser pour déplacer ; maintenez la touche Ctrl enfoncée et faites défiler pour zoomer.',
      table: 'La chronologie sous forme de tableau',
      newestFirst: 'La chronologie, le plus récent d’abord',
      newestOf: 'Les {some} plus récents sur {all} périodes et événements de la chronologie',
      heads: ['Quoi', 'État', 'De', 'À', 'Durée'],
    },
    lanes: {
      registration: {
        name: 'Inscription',
        about: 'Si ce Mac et son utilisateur étaient inscrits auprès du fournisseur d’identité.',
        states: {
          complete: 'inscrit',
          device: 'seul l’appareil est inscrit',
          none: 'non inscrit',
          removed: 'non configuré',
          unknown: 'inconnu',
        },
      },
      tokens: {
        name: 'Jetons de connexion',
        about: 'Si les jetons de connexion sur ce Mac étaient valides ou avaient expiré.',
        states: {
          valid: 'valides',
          expired: 'expirés',
          unregistered: 'aucune inscription',
          unknown: 'inconnu',
        },
      },
      passwordWindow: {
        name: 'Confirmation du mot de passe',
        about:
          'Si le mot de passe professionnel avait été confirmé au cours des 4 heures et 5 minutes précédentes.',
        states: {
          fresh: 'confirmé',
          due: 'à confirmer au prochain déverrouillage',
          overdue: 'en retard',
          pending: 'macOS demande le mot de passe',
          suspended: 'aucune inscription',
          unknown: 'inconnu',
        },
      },
      watching: {
        name: 'Mac et agent',
        about:
          'Quand l’agent a effectué des relevés, et quand il n’en a pas effectué : le Mac était en veille, ou l’agent ne fonctionnait pas.',
        states: {
          watching: 'observé',
          asleep: 'en veille',
          notRunning: 'agent arrêté',
          unwatched: 'non observé',
        },
      },
      issue: { about: 'Le problème {issue}, tant qu’il était en cours.', open: 'en cours' },
      changes: {
        name: 'Changements',
        about: 'Mises à jour, profils, règles et autres changements qui peuvent expliquer une panne.',
      },
      shown: { name: 'Montré à l’utilisateur', about: 'Notifications qui ont été montrées à l’utilisateur.' },
    },
    events: {
      heading: 'Événements',
      count: 'Événements : {found} sur {all}.',
      countHere: 'Événements : {found} sur {all}, ici {from} à {to}.',
      newer: 'Plus récents',
      older: 'Plus anciens',
      pages: 'Pages des événements',
      table: 'Tableau des événements',
      newestFirst: 'Événements, le plus récent d’abord',
      filter: 'Filtre des événements',
      search: 'Recherche',
      example: 'par exemple registration',
      which: 'Quels événements',
      notable: 'Tous sauf la routine',
      everything: 'Tous',
      any: 'toutes',
      orMore: '{severity} ou plus',
      onlyShown: 'Seulement la période affichée dans la chronologie',
      heads: ['Heure', 'Quoi', 'Gravité', 'Résumé'],
    },
    confirmations: {
      heading: 'Confirmations du mot de passe',
      none: 'Aucune confirmation n’était encore attendue.',
      about:
        'Chaque ligne est un cycle de jetons, d’une confirmation du mot de passe à la suivante. Le Mac ne sait pas quand le mot de passe a été modifié ailleurs.',
      late: 'Cycles de jetons en retard : {late} sur {all}',
      newestFirst: 'Confirmations du mot de passe, la plus récente d’abord',
      heads: [
        'Dernière confirmation',
        'Échéance',
        'Demande de macOS',
        'Nouvelle confirmation',
        'Résultat',
        'Retard',
        'Temps actif',
      ],
      outcomes: {
        open: 'pas encore',
        'token-refreshed': 'jetons renouvelés',
        'password-synced': 'mot de passe synchronisé',
        abandoned: 'abandonné : autre inscription ou autre méthode',
      },
    },
    facts: {
      heading: 'Ce Mac',
      values: {
        complete: 'complète',
        device: 'seulement l’appareil',
        none: 'aucune',
        unclear: 'incertaine : l’état de l’utilisateur est un nombre non documenté',
        another: 'un autre',
        running: 'en fonctionnement',
        notRunning: 'arrêté',
        yes: 'oui',
        no: 'non',
        notInstalled: 'non installé',
      },
      methods: {
        password: 'mot de passe',
        secureEnclaveKey: 'clé Secure Enclave',
        smartCard: 'carte à puce',
        accessKey: 'clé d’accès',
        openId: 'OpenID',
        none: 'aucune',
        unknown: 'inconnue',
      },
      names: {
        User: 'Utilisateur',
        Device: 'Appareil',
        'Identity provider': 'Fournisseur d’identité',
        'Sign-in method': 'Méthode de connexion',
        Registration: 'Inscription',
        'Password last confirmed': 'Dernière confirmation du mot de passe',
        'Tokens expire': 'Expiration des jetons',
        'Mac password last set': 'Mot de passe du Mac défini pour la dernière fois',
        macOS: 'macOS',
        'Company Portal': 'Portail d’entreprise',
        'Enrolled in MDM': 'Enrôlé dans la MDM',
        'PSSO Monitor': 'PSSO Monitor',
        Agent: 'Agent',
        'Last poll': 'Dernier relevé',
      },
    },
    colours: { label: 'Couleurs', auto: 'Système', light: 'Clair', dark: 'Sombre' },
    footer: {
      made: 'PSSO Monitor {version} a créé ce rapport : {time}. Les heures sont dans votre fuseau horaire ; placez le pointeur sur une heure pour la voir en UTC.',
      selfContained:
        'Ce fichier est autonome : il ne charge rien et n’envoie rien. Apache ECharts dessine les graphiques.',
    },
    noScript:
      'Un script de ce fichier dessine la page. Autorisez les scripts pour la voir ; le fichier ne charge rien d’autre.',
  },
};
