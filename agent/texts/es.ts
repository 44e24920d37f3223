import { counted, type LanguageTexts } from './language-texts.ts';

// Labels of macOS, each with a page that prints it:
// - “Ajustes del Sistema”, “Usuarios y grupos”, “Servidor de cuentas de red”:
//   support.apple.com/es-es/guide/directory-utility/ior6d33c187e
// - “Acceso a Llaveros”: support.apple.com/es-us/guide/mac-help/mh11399
// - “Configuración del Sistema”, in Latin America: support.apple.com/es-la/guide/deployment/dep7bbb05313
// - Microsoft's “Portal de empresa”:
//   learn.microsoft.com/es-mx/mem/intune/fundamentals/deployment-guide-enrollment-macos
// Other labels of System Settings were not found: they are in English in quotes, with a translation in
// brackets. The texts say “tu Mac”: the gender of the Mac differs between Spain and Latin America.
const online = 'Conecta tu Mac a internet.';
const works = 'No tienes que hacer nada.';
const settings = 'Usuarios y grupos > Servidor de cuentas de red';
const users = `Ajustes del Sistema (o Configuración del Sistema) > ${settings}`;
const lock = 'Bloquea la pantalla (Control-Comando-Q)';
const edit = '“Edit” (editar)';
const repair = '“Repair” (reparar)';
const authenticate = `A partir de macOS 14 también puedes abrir ${users}, hacer clic en ${edit} y elegir “Authenticate”, o ${repair} si no lo ves.`;
const askedToSignIn = 'Si macOS te pide que inicies sesión, sigue los pasos.';
const withPassword = `${lock} y desbloquéala escribiendo tu contraseña en lugar de usar Touch ID.`;
const registrationStep =
  'Haz clic en la notificación de macOS sobre el registro necesario (en inglés “Registration Required”) y sigue los pasos hasta el final.';
const hiddenNotification =
  'Si no la ves, haz clic en la fecha y la hora de la barra de menús; puede estar ahí, u oculta por un modo de concentración o enfoque.';
const closedWindow =
  'Si la ventana de inicio de sesión se cerró y macOS no vuelve a preguntar, guarda tu trabajo, cierra la sesión de tu Mac y vuelve a iniciarla.';
const askForHelp = 'Si esto no lo resuelve, contacta con tu soporte de TI.';
const typePassword =
  'Conéctate a internet, bloquea la pantalla y desbloquéala escribiendo tu contraseña. Si macOS te pide que inicies sesión, sigue los pasos.';

const lastGood = (good: string | null) =>
  good === null ? '' : `Última confirmación del inicio de sesión del trabajo: ${good}. `;

export const es: LanguageTexts = {
  language: 'es',
  fullStop: '.',
  issues: {
    'password-change-prompt-pending': ({ changedHere = false }) => ({
      title: 'Escribe tu contraseña actual del trabajo',
      body: changedHere
        ? 'La contraseña de tu Mac se cambió. Bloquea la pantalla y desbloquéala con tu contraseña actual del trabajo; tu Mac la usará a partir de entonces.'
        : 'Tu contraseña del trabajo se cambió en otro lugar o no se pudo comprobar. Bloquea la pantalla y desbloquéala con tu contraseña actual del trabajo; después tu Mac la usará.',
      steps: [
        online,
        `${lock} y escribe tu contraseña actual del trabajo para desbloquearla.`,
        'O haz clic en la notificación de macOS que te pide que inicies sesión, y escribe ahí tu contraseña actual del trabajo.',
        `A partir de macOS 14 también puedes hacerlo en ${users} > ${edit} > “Authenticate”.`,
        changedHere
          ? 'Usa la contraseña con la que inicias sesión en tus apps del trabajo. Tu Mac también la usará a partir de entonces.'
          : 'Si tu contraseña del trabajo se cambió, escribe la nueva: la contraseña con la que inicias sesión en tus apps del trabajo.',
        'Si tu Mac no la acepta, contacta con tu soporte de TI en lugar de intentarlo muchas veces.',
      ],
      solved: works,
    }),
    'password-change-window-overdue': {
      title: 'Confirma tu contraseña del trabajo en tu Mac',
      body: 'Hace tiempo que tu Mac no puede comprobar tu contraseña del trabajo. Bloquea la pantalla y desbloquéala con tu contraseña actual del trabajo para que tu Mac la compruebe.',
      steps: [
        online,
        `${lock} y desbloquéala escribiendo tu contraseña actual del trabajo en lugar de usar Touch ID.`,
        authenticate,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: 'Tu inicio de sesión del trabajo necesita una reparación',
      body: `Abre Ajustes del Sistema > ${settings} > “Edit” > “Repair”. Después inicia sesión con tu cuenta del trabajo, como la primera vez.`,
      steps: [
        online,
        `Abre ${users}, haz clic en ${edit} y después en ${repair}.`,
        'Inicia sesión con tu cuenta del trabajo, como cuando se configuró.',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': ({ provider, app }) =>
      provider === 'entra'
        ? {
            title: 'Hay que volver a configurar tu inicio de sesión del trabajo',
            body: `Abre las preferencias de la app ${app} y elige “Deregister”. Después vuelve a iniciar sesión en la app y sigue los pasos.`,
            steps: [
              online,
              `Abre las preferencias de la app ${app}.`,
              'Elige “Deregister” (quitar este equipo; “Unregister” o “Sign out” en versiones anteriores). No aparece ninguna confirmación.',
              `Vuelve a iniciar sesión en la app ${app} y sigue los pasos.`,
              askForHelp,
            ],
            solved: works,
          }
        : {
            title: 'Hay que volver a configurar tu inicio de sesión del trabajo',
            body: 'Dile a tu soporte de TI que hay que volver a configurar el inicio de sesión del trabajo en tu Mac. Después inicia sesión cuando macOS te lo pida.',
            steps: [
              online,
              'Dile a tu soporte de TI que hay que volver a configurar el inicio de sesión del trabajo en tu Mac.',
              'Cuando macOS te pida que inicies sesión con tu cuenta del trabajo, sigue los pasos hasta el final.',
            ],
            solved: works,
          },
    'wpj-key-not-removed-after-migration': ({ provider, app }) => ({
      title: 'Quizá haya un inicio de sesión antiguo del trabajo en tu Mac',
      body: 'Puede causar solicitudes de inicio de sesión de más. Díselo a tu soporte de TI; tú no tienes que eliminar nada.',
      steps: [
        'Dile a tu soporte de TI que quizá quede en tu Mac un inicio de sesión antiguo del trabajo.',
        'No elimines nada en Acceso a Llaveros si no te lo pide tu soporte de TI.',
        provider === 'entra'
          ? `Si te piden que empieces de nuevo, abre las preferencias de la app ${app}, elige “Deregister” y vuelve a iniciar sesión en la app.`
          : 'Si te piden que empieces de nuevo, sigue sus pasos.',
      ],
      solved: 'El inicio de sesión antiguo del trabajo ya no está. No tienes que hacer nada.',
    }),
    'passcode-policy-complexity-mismatch': ({ minimumLength }) => {
      const length =
        minimumLength === undefined
          ? null
          : counted('es', minimumLength, { one: 'carácter', other: 'caracteres' });
      return {
        title: 'Quizá tu contraseña del trabajo no cumpla las reglas',
        body:
          length === null
            ? 'Tu Mac tiene sus propias reglas de contraseña. Si tu contraseña del trabajo no las cumple, elige otra que sí, y después bloquea y desbloquea la pantalla.'
            : `Tu Mac exige al menos ${length}. Si tu contraseña del trabajo no cumple sus reglas, elige otra que sí, y después bloquea y desbloquea la pantalla.`,
        steps: [
          length === null
            ? 'Comprueba si tu contraseña del trabajo cumple las reglas de contraseña de tu Mac.'
            : `Comprueba si tu contraseña del trabajo tiene al menos ${length}. Tu Mac lo exige, y puede tener más reglas.`,
          'Si tu contraseña del trabajo cumple esas reglas, no tienes que cambiarla.',
          'Si no, elige una que las cumpla, donde cambias normalmente tu contraseña del trabajo.',
          `${lock} y desbloquéala con tu nueva contraseña del trabajo.`,
          'Si no conoces las reglas, contacta con tu soporte de TI.',
        ],
        solved: 'Las reglas de contraseña de tu Mac ya no son un problema. No tienes que hacer nada.',
      };
    },
    'registration-long-running-macos14': {
      title: 'El inicio de sesión del trabajo aún no está configurado',
      body: `Cuando macOS vuelva a preguntar en unos 10 minutos, sigue los pasos. O abre Ajustes del Sistema > ${settings} y elige “Register”.`,
      steps: [
        online,
        'Espera unos 10 minutos. Cuando macOS vuelva a preguntar, sigue los pasos hasta el final.',
        `O abre ${users} y elige “Register” (registrar), o ${edit} > ${repair}.`,
        closedWindow,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: 'El inicio de sesión del trabajo aún no está configurado',
      body: 'Puede tardar unos minutos; si macOS te pide que lo intentes de nuevo, sigue los pasos. Si no aparece nada, cierra la sesión de tu Mac y vuelve a iniciarla.',
      steps: [
        online,
        'Espera unos minutos e inténtalo de nuevo si macOS te lo pide.',
        'Si no aparece nada, guarda tu trabajo, cierra la sesión de tu Mac y vuelve a iniciarla.',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': ({ deviceRegistered = false }) => ({
      title: 'Configura el inicio de sesión del trabajo en tu Mac',
      body: 'Haz clic en la notificación de macOS “Registration Required” y sigue los pasos. Después, tus apps del trabajo podrán iniciar sesión automáticamente.',
      steps: [
        online,
        registrationStep,
        hiddenNotification,
        `A partir de macOS 14 también puedes hacerlo en ${users}: elige “Register” (registrar), o ${edit} > ${repair}.`,
        ...(deviceRegistered
          ? [
              'Es posible que ya veas ahí “Registered” (“registrado”). Se refiere a tu Mac; aún hay que configurar tu cuenta.',
            ]
          : []),
        closedWindow,
        askForHelp,
      ],
      solved: works,
    }),
    'sso-tokens-expired': {
      title: 'Tu inicio de sesión del trabajo ha caducado',
      body: typePassword,
      steps: [
        online,
        'Comprueba que la fecha y la hora de tu Mac son correctas.',
        withPassword,
        askedToSignIn,
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-missing': {
      title: 'Tu inicio de sesión del trabajo no está activo',
      body: typePassword,
      steps: [online, withPassword, askedToSignIn, authenticate, askForHelp],
      solved: works,
    },
    'company-portal-missing': {
      title: 'Falta la app de tu inicio de sesión del trabajo',
      body: 'El inicio de sesión del trabajo necesita la app Portal de empresa, que no está en tu Mac. Instálala desde el catálogo de apps de tu empresa o contacta con tu soporte de TI.',
      steps: [
        online,
        'Abre la app en la que tu empresa ofrece su software, como “Self Service” o “Managed Software Center”.',
        'Instala desde ahí “Portal de empresa” (Company Portal) en la carpeta Aplicaciones.',
        'Si moviste la app a otra carpeta, devuélvela a Aplicaciones.',
        'Si no encuentras la app, contacta con tu soporte de TI.',
      ],
      solved: 'Portal de empresa vuelve a estar instalado. No tienes que hacer nada.',
    },
    'auth-method-changed-reregister': {
      title: 'Vuelve a configurar el inicio de sesión del trabajo',
      body: 'Tu empresa ha cambiado cómo inicias sesión con tu cuenta del trabajo en tu Mac. Haz clic en la notificación de macOS “Registration Required” y sigue los pasos.',
      steps: [
        online,
        'Ten a mano tu teléfono, o lo que uses para confirmar un inicio de sesión.',
        registrationStep,
        hiddenNotification,
        `A partir de macOS 14 también puedes hacerlo en ${users}: ${edit} > ${repair}.`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-token-refresh-overdue': {
      title: 'Tu Mac no pudo renovar tu inicio de sesión del trabajo',
      body: 'Por ahora puedes seguir trabajando. Bloquea la pantalla y desbloquéala; si macOS te pide que inicies sesión, sigue los pasos.',
      steps: [
        online,
        `${lock} y desbloquéala como lo haces siempre.`,
        askedToSignIn,
        authenticate,
        askForHelp,
      ],
      solved: works,
    },
    'token-binding-owed': {
      title: 'Desbloquea tu Mac una vez con su contraseña',
      body: 'Hay que confirmar una vez tu inicio de sesión del trabajo. Bloquea la pantalla y desbloquéala escribiendo la contraseña de tu Mac en lugar de usar Touch ID.',
      steps: [
        online,
        `${lock} y desbloquéala escribiendo la contraseña de tu Mac en lugar de usar Touch ID.`,
        'Si macOS te pide que inicies sesión, escribe la contraseña de tu Mac.',
        askForHelp,
      ],
      solved: works,
    },
    'user-authentication-required': {
      title: 'Vuelve a iniciar sesión con tu cuenta del trabajo',
      body: typePassword,
      steps: [online, withPassword, askedToSignIn, authenticate, askForHelp],
      solved: works,
    },
  },
  apps: { entra: 'Portal de empresa', okta: 'Okta Verify', other: 'de tu inicio de sesión del trabajo' },
  restartFirst: {
    body: 'Primero reinicia tu Mac, conéctalo a internet e inicia sesión. Si después macOS te pide que inicies sesión con tu cuenta del trabajo, sigue los pasos.',
    step: 'Guarda tu trabajo y reinicia tu Mac. Si el inicio de sesión del trabajo vuelve a funcionar, puedes omitir los demás pasos.',
  },
  helpdesk: [
    {
      phrase: 'con tu soporte de TI',
      named: (helpdesk) => `con ${helpdesk}`,
      of: (organization) => `con el soporte de TI de ${organization}`,
    },
    {
      phrase: 'a tu soporte de TI',
      named: (helpdesk) => `a ${helpdesk}`,
      of: (organization) => `al soporte de TI de ${organization}`,
    },
    {
      phrase: 'tu soporte de TI',
      named: (helpdesk) => helpdesk,
      of: (organization) => `el soporte de TI de ${organization}`,
    },
  ],
  help: (helpdesk) => `Ayuda: ${helpdesk}.`,
  connect: online,
  ownSolved: {
    title: 'Ya no hay nada que hacer',
    body: (title) => `“${title}” ya no se aplica. ${works}`,
  },
  solvedTitle: 'El inicio de sesión del trabajo vuelve a funcionar',
  window: {
    fresh: (good) => `${lastGood(good)}macOS volverá a comprobarlo automáticamente.`,
    due: (good) => `${lastGood(good)}macOS volverá a comprobarlo la próxima vez que desbloquees la pantalla.`,
    hint: (good) => `${lastGood(good)}Bloquea y desbloquea la pantalla para que macOS vuelva a comprobarlo.`,
    overdue: (good) =>
      `${lastGood(good)}Desde entonces tu Mac no ha podido comprobarlo; bloquea la pantalla y desbloquéala con tu contraseña actual del trabajo.`,
    pending: () => 'macOS espera tu contraseña del trabajo.',
    suspended: (good) =>
      `${lastGood(good)}Primero hay que configurar o reparar el inicio de sesión del trabajo.`,
    removed: (good) => `${lastGood(good)}Desde entonces se quitó de tu Mac el inicio de sesión del trabajo.`,
    notApplicable: () => 'La contraseña de tu Mac es independiente de tu contraseña del trabajo.',
    methodNotUnderstood: (method) =>
      `Esta versión de PSSO Monitor no sabe cómo afecta el método de inicio de sesión ${method} a la contraseña de tu Mac.`,
    unknown: (good) =>
      good === null
        ? 'No se sabe cuándo se confirmó por última vez tu contraseña del trabajo.'
        : `${lastGood(good)}No hay información más reciente.`,
  },
  advice: {
    title: 'Tu inicio de sesión del trabajo en tu Mac',
    headlines: {
      ok: 'El inicio de sesión del trabajo funciona en tu Mac.',
      'needs-attention': 'Hay un problema con tu inicio de sesión del trabajo.',
      'not-registered': 'Tu inicio de sesión del trabajo no está configurado del todo.',
      'not-configured': 'El inicio de sesión del trabajo no está configurado en tu Mac.',
      exempt: 'Tu cuenta no necesita el inicio de sesión del trabajo en tu Mac.',
    },
    unknown: 'Ahora no se puede comprobar tu inicio de sesión del trabajo.',
    noHistory: 'Tu inicio de sesión del trabajo aún no se ha comprobado. Inténtalo de nuevo en diez minutos.',
    elsewhere: 'Si aun así no puedes iniciar sesión, contacta con tu soporte de TI.',
    silenced: (until) => `Elegiste no recibir notificaciones sobre esto hasta esta fecha: ${until}.`,
    close: 'OK',
    makeReport: 'Crear un informe para TI',
  },
  notificationTest: {
    title: 'Notificación de prueba',
    body: 'Si puedes leer esto, te llegan las notificaciones sobre tu inicio de sesión del trabajo. No tienes que hacer nada.',
  },
  report: {
    title: 'Platform SSO en {mac}',
    thisMac: 'este equipo',
    helpdesk: 'Soporte de TI',
    headlines: {
      ok: 'Platform SSO funciona.',
      'needs-attention': 'Platform SSO requiere atención.',
      'not-registered': 'Platform SSO está configurado, pero no registrado.',
      'not-configured': 'Platform SSO no está configurado en este equipo.',
      exempt: 'Esta cuenta está exenta de Platform SSO.',
      unknown: 'No se sabe si Platform SSO funciona.',
    },
    notKnown: {
      since: 'No se sabe desde: {time} (antes: {was})',
      neverPolled: 'No se sabe: el agente no ha hecho ninguna lectura (antes: {was})',
    },
    stateOfSignIn: 'Estado del inicio de sesión',
    file: 'archivo {file}',
    tones: {
      good: 'OK',
      quiet: 'No hay que hacer nada',
      notice: 'Revisar',
      bad: 'Problema',
      unknown: 'Desconocido',
    },
    severities: { info: 'información', low: 'baja', medium: 'media', high: 'alta' },
    lastKnown: 'Último estado conocido:',
    since: 'Desde: {time}.',
    issues: {
      noneOpen: 'Ningún problema abierto',
      noneWasOpen: 'No había ningún problema abierto',
      openSince: 'Abierto desde: {time} ({duration}), gravedad {severity}.',
      historyEnds: 'Fin del historial: {time}; el estado desde entonces se desconoce.',
      silenced: 'El usuario silenció las notificaciones de este problema hasta: {time}.',
      changedBefore: 'Qué cambió antes',
      userSteps: 'Qué puede hacer el usuario',
      adminSteps: 'Para el administrador (en inglés): soluciones, confirmación, enlaces',
      open: { one: 'Un problema abierto', other: '{count} problemas abiertos' },
      resolved: { one: 'Un problema resuelto', other: '{count} problemas resueltos' },
      heads: ['Problema', 'Inicio', 'Resuelto', 'Duración', 'Resumen'],
    },
    timeline: {
      heading: 'Cronología',
      empty: 'Aún no se ha registrado nada.',
      shown: 'Se muestra: {from} – {to} ({length}), zona horaria {zone}.',
      about: 'Cronología: {names}. La tabla de abajo tiene el mismo contenido.',
      part: 'Qué parte de la cronología',
      ended: 'Fin del historial: {time}; ahora: {now}.',
      end: 'fin del historial',
      now: 'ahora',
      everything: 'Todo',
      theBreak: 'El fallo',
      lastDay: 'Último día',
      lastDays: 'Últimos {count} días',
      closer: 'Acercar',
      wider: 'Alejar',
      earlier: 'Antes',
      later: 'Después',
      hint: 'Arrastra para mover; mantén pulsada la tecla Ctrl y desplázate para ampliar o reducir.',
      table: 'La cronología como tabla',
      newestFirst: 'La cronología, lo más reciente primero',
      newestOf: 'Los {some} más recientes de {all} periodos y eventos de la cronología',
      heads: ['Qué', 'Estado', 'Desde', 'Hasta', 'Duración'],
    },
    lanes: {
      registration: {
        name: 'Registro',
        about: 'Si este equipo y su usuario estaban registrados en el proveedor de identidad.',
        states: {
          complete: 'registrado',
          device: 'solo el dispositivo está registrado',
          none: 'no registrado',
          removed: 'no configurado',
          unknown: 'desconocido',
        },
      },
      tokens: {
        name: 'Tokens de inicio de sesión',
        about: 'Si los tokens de inicio de sesión de este equipo eran válidos o habían caducado.',
        states: {
          valid: 'válidos',
          expired: 'caducados',
          unregistered: 'sin registro',
          unknown: 'desconocido',
        },
      },
      passwordWindow: {
        name: 'Confirmación de la contraseña',
        about: 'Si la contraseña del trabajo se había confirmado en las 4 horas y 5 minutos anteriores.',
        states: {
          fresh: 'confirmada',
          due: 'por confirmar en el próximo desbloqueo',
          overdue: 'atrasada',
          pending: 'macOS pide la contraseña',
          suspended: 'sin registro',
          unknown: 'desconocido',
        },
      },
      watching: {
        name: 'Mac y agente',
        about:
          'Cuándo hizo lecturas el agente y cuándo no: el equipo estaba en reposo o el agente no se ejecutaba.',
        states: {
          watching: 'observado',
          asleep: 'en reposo',
          notRunning: 'agente detenido',
          unwatched: 'no observado',
        },
      },
      issue: { about: 'El problema {issue}, mientras estuvo abierto.', open: 'abierto' },
      changes: {
        name: 'Cambios',
        about: 'Actualizaciones, perfiles, políticas y otros cambios que pueden explicar un fallo.',
      },
      shown: { name: 'Mostrado al usuario', about: 'Notificaciones que se mostraron al usuario.' },
    },
    events: {
      heading: 'Eventos',
      count: '{found} de {all} eventos.',
      countHere: '{found} de {all} eventos, aquí {from} a {to}.',
      newer: 'Más recientes',
      older: 'Más antiguos',
      pages: 'Páginas de eventos',
      table: 'Tabla de eventos',
      newestFirst: 'Eventos, lo más reciente primero',
      filter: 'Filtro de eventos',
      search: 'Buscar',
      example: 'por ejemplo registration',
      which: 'Qué eventos',
      notable: 'Todos menos los rutinarios',
      everything: 'Todos',
      any: 'cualquiera',
      orMore: '{severity} o más',
      onlyShown: 'Solo el tiempo que muestra la cronología',
      heads: ['Hora', 'Qué', 'Gravedad', 'Resumen'],
    },
    confirmations: {
      heading: 'Confirmaciones de la contraseña',
      none: 'Todavía no se esperaba ninguna confirmación.',
      about:
        'Cada fila es un ciclo de tokens, de una confirmación de la contraseña a la siguiente. El equipo no sabe cuándo se cambió la contraseña en otro lugar.',
      late: 'Ciclos de tokens con retraso: {late} de {all}',
      newestFirst: 'Confirmaciones de la contraseña, la más reciente primero',
      heads: [
        'Última confirmación',
        'Vencimiento',
        'Petición de macOS',
        'Nueva confirmación',
        'Resultado',
        'Retraso',
        'Tiempo activo',
      ],
      outcomes: {
        open: 'todavía no',
        'token-refreshed': 'tokens renovados',
        'password-synced': 'contraseña sincronizada',
        abandoned: 'abandonado: otro registro u otro método',
      },
    },
    facts: {
      heading: 'Este equipo',
      values: {
        complete: 'completo',
        device: 'solo el dispositivo',
        none: 'ninguno',
        unclear: 'dudoso: el estado del usuario es un número sin documentar',
        another: 'otro',
        running: 'en ejecución',
        notRunning: 'detenido',
        yes: 'sí',
        no: 'no',
        notInstalled: 'no instalado',
      },
      methods: {
        password: 'contraseña',
        secureEnclaveKey: 'clave de Secure Enclave',
        smartCard: 'tarjeta inteligente',
        accessKey: 'clave de acceso',
        openId: 'OpenID',
        none: 'ninguno',
        unknown: 'desconocido',
      },
      names: {
        User: 'Usuario',
        Device: 'Dispositivo',
        'Identity provider': 'Proveedor de identidad',
        'Sign-in method': 'Método de inicio de sesión',
        Registration: 'Registro',
        'Password last confirmed': 'Última confirmación de la contraseña',
        'Tokens expire': 'Caducidad de los tokens',
        'Mac password last set': 'Contraseña del equipo establecida por última vez',
        macOS: 'macOS',
        'Company Portal': 'Portal de empresa',
        'Enrolled in MDM': 'Inscrito en la MDM',
        'PSSO Monitor': 'PSSO Monitor',
        Agent: 'Agente',
        'Last poll': 'Última lectura',
      },
    },
    colours: { label: 'Colores', auto: 'Sistema', light: 'Claro', dark: 'Oscuro' },
    footer: {
      made: 'PSSO Monitor {version} creó este informe: {time}. Las horas están en tu zona horaria; pasa el puntero por una hora para verla en UTC.',
      selfContained:
        'Este archivo es autónomo: no carga nada ni envía nada. Apache ECharts dibuja los gráficos.',
    },
    noScript:
      'Un script de este archivo dibuja la página. Permite los scripts para verla; el archivo no carga nada más.',
  },
};
