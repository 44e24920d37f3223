import { counted, type LanguageTexts } from './language-texts.ts';

// Words of macOS, each with a page that prints it:
// - “ajustes”, “iniciar sessão”, “finalizar a sessão”:
//   support.apple.com/pt-br/guide/mac-help/change-apple-account-settings-on-mac-mchlbf8fdc51/mac
// - “Acesso às Chaves”: support.apple.com/pt-br/guide/keychain-access/welcome/mac
// - “Ajustes do Sistema > Usuários e Grupos”: Brazilian setup guides, not Apple's
// - Microsoft's “Portal da Empresa” and “conta corporativa”:
//   learn.microsoft.com/pt-br/mem/intune/fundamentals/deployment-guide-enrollment-macos
// No page prints the Brazilian words of Network Account Server, Edit, Repair, Register, Authenticate,
// Registered and Registration Required: these stay in English, with their meaning in brackets.

const works = 'Você não precisa fazer nada.';
const users = 'Ajustes do Sistema > Usuários e Grupos > “Network Account Server”';
const edit = '“Edit” (“editar”)';
const authenticate = '“Authenticate” (“autenticar”)';
const repair = '“Repair” (“reparar”)';
const register = '“Register” (“registrar”)';
const online = 'Conecte o Mac à internet.';
const closedWindow =
  'Se a janela de início de sessão tiver sido fechada e o macOS não pedir de novo, salve o seu trabalho, finalize a sessão no Mac e inicie-a novamente.';
const askForHelp = 'Se isso não resolver, fale com o suporte de TI.';
const orAuthenticate = `No macOS 14 ou posterior, você também pode abrir ${users}, clicar em ${edit} e escolher ${authenticate}, ou ${repair} se essa opção não aparecer.`;
const withPassword =
  'Bloqueie a tela (Control-Command-Q) e desbloqueie-a digitando a sua senha em vez de usar o Touch ID.';
const ifAsked = 'Se o macOS pedir que você inicie a sessão, siga as etapas.';
const connectAndUnlock =
  'Conecte-se à internet, bloqueie a tela e desbloqueie-a digitando a sua senha. Se o macOS pedir que você inicie a sessão, siga as etapas.';
const clickNotification =
  'Clique na notificação do macOS “Registration Required” (“registro necessário”) e siga as etapas até o fim.';
const hiddenNotification =
  'Se você não a encontrar, clique na data e hora na barra de menus; ela pode estar ali ou oculta por um Foco.';

const lastGood = (good: string | null) =>
  good === null ? '' : `Última confirmação do login corporativo: ${good}. `;

export const ptBR: LanguageTexts = {
  language: 'pt-BR',
  fullStop: '.',
  issues: {
    'password-change-prompt-pending': ({ changedHere = false }) => ({
      title: 'Digite a sua senha corporativa atual',
      body: changedHere
        ? 'A senha deste Mac foi alterada. Bloqueie a tela e desbloqueie-a com a sua senha corporativa atual; o Mac passará a usá-la.'
        : 'A sua senha corporativa foi alterada em outro lugar ou não pôde ser verificada. Bloqueie a tela e desbloqueie-a com a sua senha corporativa atual; o Mac passará a usá-la.',
      steps: [
        online,
        'Bloqueie a tela (Control-Command-Q) e digite a sua senha corporativa atual para desbloqueá-la.',
        'Ou clique na notificação do macOS que pede para iniciar a sessão e digite ali a sua senha corporativa atual.',
        `No macOS 14 ou posterior, você também pode fazer isso em ${users} > ${edit} > ${authenticate}.`,
        changedHere
          ? 'Use a senha com que você inicia a sessão nos seus apps de trabalho. O Mac também passará a usá-la.'
          : 'Se a sua senha corporativa foi alterada, digite a nova: a senha com que você inicia a sessão nos seus apps de trabalho.',
        'Se o Mac não a aceitar, fale com o suporte de TI em vez de tentar muitas vezes.',
      ],
      solved: works,
    }),
    'password-change-window-overdue': {
      title: 'Confirme a sua senha corporativa neste Mac',
      body: 'Há algum tempo o Mac não consegue verificar a sua senha corporativa. Bloqueie a tela e desbloqueie-a com a sua senha corporativa atual para que ele possa verificá-la.',
      steps: [
        online,
        'Bloqueie a tela (Control-Command-Q) e desbloqueie-a digitando a sua senha corporativa atual em vez de usar o Touch ID.',
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: 'O seu login corporativo precisa ser reparado',
      body: `Abra ${users}, clique em “Edit” e em “Repair”. Depois, inicie a sessão com a sua conta corporativa, como na primeira vez.`,
      steps: [
        online,
        `Abra ${users} e clique em ${edit} e depois em ${repair}.`,
        'Inicie a sessão com a sua conta corporativa, como na configuração inicial.',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': ({ provider, app }) =>
      provider === 'entra'
        ? {
            title: 'O seu login corporativo precisa ser configurado de novo',
            body: `Abra as preferências do app ${app} e escolha “Deregister”. Depois, inicie a sessão novamente nesse app e siga as etapas.`,
            steps: [
              online,
              `Abra as preferências do app ${app} (Company Portal).`,
              'Escolha “Deregister” (“cancelar o registro”; “Unregister” ou “Sign out” em versões mais antigas). Nenhuma confirmação aparece.',
              `Inicie a sessão novamente no app ${app} e siga as etapas.`,
              askForHelp,
            ],
            solved: works,
          }
        : {
            title: 'O seu login corporativo precisa ser configurado de novo',
            body: 'Avise o suporte de TI que o login corporativo precisa ser configurado de novo neste Mac. Depois, inicie a sessão quando o macOS pedir.',
            steps: [
              online,
              'Avise o suporte de TI que o login corporativo precisa ser configurado de novo neste Mac.',
              'Quando o macOS pedir que você inicie a sessão com a sua conta corporativa, siga as etapas até o fim.',
            ],
            solved: works,
          },
    'wpj-key-not-removed-after-migration': ({ provider, app }) => ({
      title: 'Talvez ainda haja um login corporativo antigo neste Mac',
      body: 'Ele pode causar pedidos de login a mais. Avise o suporte de TI; você não precisa apagar nada.',
      steps: [
        'Avise o suporte de TI que talvez ainda haja um login corporativo antigo no seu Mac.',
        'Não apague nada no Acesso às Chaves, a menos que o suporte de TI peça.',
        provider === 'entra'
          ? `Se pedirem para você recomeçar: abra as preferências do app ${app}, escolha “Deregister” e inicie a sessão ali novamente.`
          : 'Se pedirem para você recomeçar, siga as etapas indicadas.',
      ],
      solved: `O login corporativo antigo foi removido. ${works}`,
    }),
    'passcode-policy-complexity-mismatch': ({ minimumLength }) => {
      const length =
        minimumLength === undefined
          ? null
          : counted('pt-BR', minimumLength, { one: 'caractere', other: 'caracteres' });
      return {
        title: 'A sua senha corporativa talvez não siga as regras deste Mac',
        body:
          length === null
            ? 'Este Mac tem as próprias regras de senha. Se a sua senha corporativa não as seguir, escolha uma que siga e depois bloqueie e desbloqueie a tela.'
            : `Este Mac exige pelo menos ${length}. Se a sua senha corporativa não seguir as regras dele, escolha uma que siga e depois bloqueie e desbloqueie a tela.`,
        steps: [
          length === null
            ? 'Verifique se a sua senha corporativa segue as regras de senha deste Mac.'
            : `Verifique se a sua senha corporativa tem pelo menos ${length}. Este Mac exige isso e pode ter outras regras.`,
          'Se a sua senha corporativa segue essas regras, você não precisa alterá-la.',
          'Caso contrário, vá aonde você costuma alterar a senha corporativa e escolha uma que siga as regras.',
          'Bloqueie a tela (Control-Command-Q) e desbloqueie-a com a nova senha corporativa.',
          'Se você não conhece as regras, fale com o suporte de TI.',
        ],
        solved: `As regras de senha deste Mac não são mais um problema. ${works}`,
      };
    },
    'registration-long-running-macos14': {
      title: 'O seu login corporativo ainda não está configurado',
      body: `Quando o macOS pedir de novo, em cerca de 10 minutos, siga as etapas. Ou abra ${users} e escolha “Register”.`,
      steps: [
        online,
        'Aguarde cerca de 10 minutos. Quando o macOS pedir de novo, siga as etapas até o fim.',
        `Ou abra ${users} e escolha ${register}, ou ${edit} > ${repair}.`,
        closedWindow,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: 'O seu login corporativo ainda não está configurado',
      body: 'Isso pode levar alguns minutos; se o macOS pedir para tentar de novo, siga as etapas. Se nada aparecer, finalize a sessão no Mac e inicie-a novamente.',
      steps: [
        online,
        'Aguarde alguns minutos e tente de novo se o macOS pedir.',
        'Se nada aparecer, salve o seu trabalho, finalize a sessão no Mac e inicie-a novamente.',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': ({ deviceRegistered = false }) => ({
      title: 'Configure o seu login corporativo neste Mac',
      body: 'Clique na notificação do macOS “Registration Required” e siga as etapas. Depois, os seus apps de trabalho poderão iniciar a sessão automaticamente.',
      steps: [
        online,
        clickNotification,
        hiddenNotification,
        `No macOS 14 ou posterior, você também pode fazer isso em ${users}: escolha ${register}, ou ${edit} > ${repair}.`,
        ...(deviceRegistered
          ? [
              'Talvez já apareça “Registered” (“registrado”) ali. Isso vale para o Mac; a sua conta ainda precisa ser configurada.',
            ]
          : []),
        closedWindow,
        askForHelp,
      ],
      solved: works,
    }),
    'sso-tokens-expired': {
      title: 'O seu login corporativo expirou',
      body: connectAndUnlock,
      steps: [
        online,
        'Verifique se a data e a hora do Mac estão corretas.',
        withPassword,
        ifAsked,
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-missing': {
      title: 'O seu login corporativo não está ativo',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
    'company-portal-missing': {
      title: 'Falta o app do seu login corporativo',
      body: 'O login corporativo precisa do app “Portal da Empresa”, que não está neste Mac. Instale-o pelo catálogo de apps da sua empresa ou fale com o suporte de TI.',
      steps: [
        online,
        'Abra o app em que a sua empresa oferece software, como o “Self Service” ou o “Managed Software Center”.',
        'Instale ali o “Portal da Empresa” (Company Portal), na pasta Aplicativos.',
        'Se você moveu o app para outra pasta, coloque-o de volta na pasta Aplicativos.',
        'Se você não encontrar o app, fale com o suporte de TI.',
      ],
      solved: `O app “Portal da Empresa” está instalado de novo. ${works}`,
    },
    'auth-method-changed-reregister': {
      title: 'Configure o seu login corporativo novamente',
      body: 'A sua empresa alterou a forma como este Mac inicia a sua sessão. Clique na notificação do macOS “Registration Required” e siga as etapas.',
      steps: [
        online,
        'Tenha em mãos o seu telefone ou o que você usa para confirmar um login.',
        clickNotification,
        hiddenNotification,
        `No macOS 14 ou posterior, você também pode fazer isso em ${users}: ${edit} > ${repair}.`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-token-refresh-overdue': {
      title: 'O Mac não conseguiu renovar o seu login corporativo',
      body: 'Por enquanto, você pode continuar trabalhando. Bloqueie a tela e desbloqueie-a; se o macOS pedir que você inicie a sessão, siga as etapas.',
      steps: [
        online,
        'Bloqueie a tela (Control-Command-Q) e desbloqueie-a como de costume.',
        ifAsked,
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'token-binding-owed': {
      title: 'Desbloqueie este Mac uma vez com a senha dele',
      body: 'O seu login corporativo precisa ser confirmado uma vez. Bloqueie a tela e desbloqueie-a digitando a senha deste Mac em vez de usar o Touch ID.',
      steps: [
        online,
        'Bloqueie a tela (Control-Command-Q) e desbloqueie-a digitando a senha deste Mac em vez de usar o Touch ID.',
        'Se o macOS pedir que você inicie a sessão, digite a senha deste Mac.',
        askForHelp,
      ],
      solved: works,
    },
    'user-authentication-required': {
      title: 'Inicie a sessão de novo com a sua conta corporativa',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
  },
  apps: { entra: '“Portal da Empresa”', okta: '“Okta Verify”', other: 'do seu login corporativo' },
  restartFirst: {
    body: 'Primeiro, reinicie o Mac, conecte-o à internet e inicie a sessão. Se depois disso o macOS pedir que você inicie a sessão com a sua conta corporativa, siga as etapas.',
    step: 'Salve o seu trabalho e reinicie o Mac. Se o login corporativo voltar a funcionar, você pode pular as outras etapas.',
  },
  helpdesk: [
    {
      phrase: 'o suporte de TI',
      named: (helpdesk) => helpdesk,
      of: (organization) => `o suporte de TI de ${organization}`,
    },
  ],
  help: (helpdesk) => `Ajuda: ${helpdesk}.`,
  connect: online,
  ownSolved: {
    title: 'Não há mais nada a fazer',
    body: (title) => `“${title}” não se aplica mais. ${works}`,
  },
  solvedTitle: 'O seu login corporativo voltou a funcionar',
  window: {
    fresh: (good) => `${lastGood(good)}O macOS verifica de novo automaticamente.`,
    due: (good) => `${lastGood(good)}O macOS verificará de novo no próximo desbloqueio.`,
    hint: (good) => `${lastGood(good)}Bloqueie e desbloqueie a tela para que o macOS verifique de novo.`,
    overdue: (good) =>
      `${lastGood(good)}Desde então, o Mac não conseguiu mais verificar; bloqueie a tela e desbloqueie-a com a sua senha corporativa atual.`,
    pending: () => 'O macOS está aguardando a sua senha corporativa.',
    suspended: (good) =>
      `${lastGood(good)}Primeiro, o login corporativo precisa ser configurado ou reparado.`,
    removed: (good) => `${lastGood(good)}Desde então, o login corporativo foi removido deste Mac.`,
    notApplicable: () => 'A senha do Mac é independente da sua senha corporativa.',
    methodNotUnderstood: (method) =>
      `Esta versão do PSSO Monitor não sabe como o método de login ${method} afeta a senha do Mac.`,
    unknown: (good) =>
      good === null
        ? 'Não se sabe quando a sua senha corporativa foi confirmada pela última vez.'
        : `${lastGood(good)}Não há informações mais recentes.`,
  },
  advice: {
    title: 'O seu login corporativo neste Mac',
    headlines: {
      ok: 'O login corporativo funciona neste Mac.',
      'needs-attention': 'Há um problema com o seu login corporativo.',
      'not-registered': 'O seu login corporativo não está totalmente configurado.',
      'not-configured': 'O login corporativo não está configurado neste Mac.',
      exempt: 'A sua conta não precisa de login corporativo neste Mac.',
    },
    unknown: 'No momento, não é possível verificar o seu login corporativo.',
    noHistory: 'O seu login corporativo ainda não foi verificado. Tente de novo em dez minutos.',
    elsewhere: 'Se mesmo assim você não conseguir iniciar a sessão, fale com o suporte de TI.',
    silenced: (until) => `Você optou por não receber notificações sobre isso até ${until}.`,
    close: 'OK',
    makeReport: 'Criar um relatório para a TI',
  },
  notificationTest: {
    title: 'Notificação de teste',
    body: 'Se você consegue ler isto, as notificações sobre o seu login corporativo chegam até você. Você não precisa fazer nada.',
  },
  report: {
    title: 'Platform SSO em {mac}',
    thisMac: 'este Mac',
    helpdesk: 'Suporte de TI',
    headlines: {
      ok: 'O Platform SSO funciona.',
      'needs-attention': 'O Platform SSO requer atenção.',
      'not-registered': 'O Platform SSO está configurado, mas não registrado.',
      'not-configured': 'O Platform SSO não está configurado neste Mac.',
      exempt: 'Esta conta está isenta do Platform SSO.',
      unknown: 'Não se sabe se o Platform SSO funciona.',
    },
    notKnown: {
      since: 'Não se sabe desde: {time} (antes: {was})',
      neverPolled: 'Não se sabe: o agente nunca fez uma leitura (antes: {was})',
    },
    stateOfSignIn: 'Estado do login',
    file: 'arquivo {file}',
    tones: {
      good: 'OK',
      quiet: 'Nada a fazer',
      notice: 'Verificar',
      bad: 'Problema',
      unknown: 'Desconhecido',
    },
    severities: { info: 'informação', low: 'baixa', medium: 'média', high: 'alta' },
    lastKnown: 'Último estado conhecido:',
    since: 'Desde: {time}.',
    issues: {
      noneOpen: 'Nenhum problema aberto',
      noneWasOpen: 'Nenhum problema estava aberto',
      openSince: 'Aberto desde: {time} ({duration}), gravidade {severity}.',
      historyEnds: 'Fim do histórico: {time}; o estado desde então é desconhecido.',
      silenced: 'O usuário silenciou as notificações deste problema até: {time}.',
      changedBefore: 'O que mudou antes',
      userSteps: 'O que o usuário pode fazer',
      adminSteps: 'Para o administrador (em inglês): soluções, confirmação, links',
      open: { one: 'Um problema aberto', other: '{count} problemas abertos' },
      resolved: { one: 'Um problema resolvido', other: '{count} problemas resolvidos' },
      heads: ['Problema', 'Início', 'Resolvido', 'Duração', 'Resumo'],
    },
    timeline: {
      heading: 'Linha do tempo',
      empty: 'Nada foi registrado ainda.',
      shown: 'Exibido: {from} – {to} ({length}), fuso horário {zone}.',
      about: 'Linha do tempo: {names}. A tabela abaixo tem o mesmo conteúdo.',
      part: 'Qual parte da linha do tempo',
      ended: 'Fim do histórico: {time}; agora: {now}.',
      end: 'fim do histórico',
      now: 'agora',
      everything: 'Tudo',
      theBreak: 'A falha',
      lastDay: 'Último dia',
      lastDays: 'Últimos {count} dias',
      closer: 'Ampliar',
      wider: 'Reduzir',
      earlier: 'Antes',
      later: 'Depois',
      hint: 'Arraste para mover; mantenha a tecla Ctrl pressionada e role para ampliar ou reduzir.',
      table: 'A linha do tempo como tabela',
      newestFirst: 'A linha do tempo, o mais recente primeiro',
      newestOf: 'Os {some} mais recentes de {all} períodos e eventos da linha do tempo',
      heads: ['O quê', 'Estado', 'De', 'Até', 'Duração'],
    },
    lanes: {
      registration: {
        name: 'Registro',
        about: 'Se este Mac e o usuário dele estavam registrados no provedor de identidade.',
        states: {
          complete: 'registrado',
          device: 'somente o dispositivo está registrado',
          none: 'não registrado',
          removed: 'não configurado',
          unknown: 'desconhecido',
        },
      },
      tokens: {
        name: 'Tokens de login',
        about: 'Se os tokens de login neste Mac estavam válidos ou tinham expirado.',
        states: {
          valid: 'válidos',
          expired: 'expirados',
          unregistered: 'sem registro',
          unknown: 'desconhecido',
        },
      },
      passwordWindow: {
        name: 'Confirmação da senha',
        about: 'Se a senha corporativa tinha sido confirmada nas 4 horas e 5 minutos anteriores.',
        states: {
          fresh: 'confirmada',
          due: 'a confirmar no próximo desbloqueio',
          overdue: 'atrasada',
          pending: 'o macOS pede a senha',
          suspended: 'sem registro',
          unknown: 'desconhecido',
        },
      },
      watching: {
        name: 'Mac e agente',
        about:
          'Quando o agente fez leituras e quando não fez: o Mac estava em repouso ou o agente não estava em execução.',
        states: {
          watching: 'observado',
          asleep: 'em repouso',
          notRunning: 'agente parado',
          unwatched: 'não observado',
        },
      },
      issue: { about: 'O problema {issue}, enquanto esteve aberto.', open: 'aberto' },
      changes: {
        name: 'Mudanças',
        about: 'Atualizações, perfis, políticas e outras mudanças que podem explicar uma falha.',
      },
      shown: { name: 'Exibido ao usuário', about: 'Notificações que foram exibidas ao usuário.' },
    },
    events: {
      heading: 'Eventos',
      count: '{found} de {all} eventos.',
      countHere: '{found} de {all} eventos, aqui {from} a {to}.',
      newer: 'Mais recentes',
      older: 'Mais antigos',
      pages: 'Páginas de eventos',
      table: 'Tabela de eventos',
      newestFirst: 'Eventos, o mais recente primeiro',
      filter: 'Filtro de eventos',
      search: 'Buscar',
      example: 'por exemplo registration',
      which: 'Quais eventos',
      notable: 'Todos menos os de rotina',
      everything: 'Todos',
      any: 'qualquer',
      orMore: '{severity} ou mais',
      onlyShown: 'Somente o período exibido na linha do tempo',
      heads: ['Hora', 'O quê', 'Gravidade', 'Resumo'],
    },
    confirmations: {
      heading: 'Confirmações da senha',
      none: 'Ainda não era esperada nenhuma confirmação.',
      about:
        'Cada linha é um ciclo de tokens, de uma confirmação da senha até a seguinte. O Mac não sabe quando a senha foi alterada em outro lugar.',
      late: 'Ciclos de tokens atrasados: {late} de {all}',
      newestFirst: 'Confirmações da senha, a mais recente primeiro',
      heads: [
        'Última confirmação',
        'Prazo',
        'Pedido do macOS',
        'Nova confirmação',
        'Resultado',
        'Atraso',
        'Tempo ativo',
      ],
      outcomes: {
        open: 'ainda não',
        'token-refreshed': 'tokens renovados',
        'password-synced': 'senha sincronizada',
        abandoned: 'abandonado: outro registro ou outro método',
      },
    },
    facts: {
      heading: 'Este Mac',
      values: {
        complete: 'completo',
        device: 'somente o dispositivo',
        none: 'nenhum',
        unclear: 'incerto: o estado do usuário é um número não documentado',
        another: 'outro',
        running: 'em execução',
        notRunning: 'parado',
        yes: 'sim',
        no: 'não',
        notInstalled: 'não instalado',
      },
      methods: {
        password: 'senha',
        secureEnclaveKey: 'chave do Secure Enclave',
        smartCard: 'cartão inteligente',
        accessKey: 'chave de acesso',
        openId: 'OpenID',
        none: 'nenhum',
        unknown: 'desconhecido',
      },
      names: {
        User: 'Usuário',
        Device: 'Dispositivo',
        'Identity provider': 'Provedor de identidade',
        'Sign-in method': 'Método de login',
        Registration: 'Registro',
        'Password last confirmed': 'Última confirmação da senha',
        'Tokens expire': 'Expiração dos tokens',
        'Mac password last set': 'Senha do Mac definida pela última vez',
        macOS: 'macOS',
        'Company Portal': 'Portal da Empresa',
        'Enrolled in MDM': 'Inscrito no MDM',
        'PSSO Monitor': 'PSSO Monitor',
        Agent: 'Agente',
        'Last poll': 'Última leitura',
      },
    },
    colours: { label: 'Cores', auto: 'Sistema', light: 'Claro', dark: 'Escuro' },
    footer: {
      made: 'O PSSO Monitor {version} criou este relatório: {time}. Os horários estão no seu fuso; passe o cursor sobre um horário para vê-lo em UTC.',
      selfContained:
        'Este arquivo é autônomo: não carrega nem envia nada. O Apache ECharts desenha os gráficos.',
    },
    noScript:
      'Um script neste arquivo desenha a página. Permita scripts para vê-la; o arquivo não carrega mais nada.',
  },
};
