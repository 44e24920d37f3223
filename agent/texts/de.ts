import { counted, type LanguageTexts } from './language-texts.ts';

// Labels of macOS, each with a page that prints it:
// - “Systemeinstellungen”: support.apple.com/de-ch/guide/deployment/dep7bbb05313/web
// - “Schlüsselbundverwaltung”: support.apple.com/de-de/guide/mac-help/mchlf375f392
// - “Programme”: support.apple.com/de-ch/guide/personal-safety/ips41ef0e8c3/web
// - “Netzwerkaccount-Server”, of macOS Server:
//   support.apple.com/de-ch/guide/server/apd654e53d4/5.7.54/mac/10.14
// - “Benutzer:innen & Gruppen”, not of Apple: trommelspeicher.de/notes/macos-benutzer-verwaltung
// - “Bearbeiten”, “Reparieren” and Microsoft's “Unternehmensportal”:
//   learn.microsoft.com/de-de/entra/identity/devices/troubleshoot-macos-platform-single-sign-on-extension
// No page prints the German words of Register, Registered, Registration Required and Authenticate: these stay
// in English, with their meaning in brackets (`german-words` in docs/unverified-on-mac.md).

const works = 'Sie müssen nichts tun.';
const pane = 'Systemeinstellungen > Benutzer:innen & Gruppen > Netzwerkaccount-Server';
const users = `${pane} (englisch „Network Account Server“)`;
const authenticate = '„Authenticate“ („authentifizieren“)';
const register = '„Register“ („registrieren“)';
const online = 'Verbinden Sie Ihren Mac mit dem Internet.';
const closedWindow =
  'Wenn das Anmeldefenster geschlossen wurde und macOS nicht noch einmal fragt, sichern Sie Ihre Arbeit, melden Sie sich am Mac ab und wieder an.';
const askForHelp = 'Wenn das nicht hilft, wenden Sie sich bitte an Ihren IT-Support.';
const orAuthenticate = `Ab macOS 14 können Sie auch ${users} > „Bearbeiten“ öffnen und ${authenticate} wählen oder, wenn Sie das nicht sehen, „Reparieren“.`;
const withPassword =
  'Sperren Sie den Bildschirm (Control-Befehl-Q) und entsperren Sie ihn mit Ihrem Passwort statt mit Touch ID.';
const ifAsked = 'Wenn macOS Sie zum Anmelden auffordert, folgen Sie den Schritten.';
const connectAndUnlock = `Verbinden Sie sich mit dem Internet, sperren Sie den Bildschirm und geben Sie zum Entsperren Ihr Passwort ein. ${ifAsked}`;
const clickNotification =
  'Klicken Sie auf die macOS-Mitteilung „Registration Required“ („Registrierung erforderlich“) und folgen Sie den Schritten bis zum Ende.';
const hiddenNotification =
  'Wenn Sie sie nicht sehen, klicken Sie in der Menüleiste auf Datum und Uhrzeit; sie wartet vielleicht dort oder ist durch einen Fokus verborgen.';

const lastGood = (good: string | null) =>
  good === null ? '' : `Firmenanmeldung zuletzt bestätigt: ${good}. `;

export const de: LanguageTexts = {
  language: 'de',
  fullStop: '.',
  issues: {
    'password-change-prompt-pending': ({ changedHere = false }) => ({
      title: 'Geben Sie Ihr aktuelles Arbeitspasswort ein',
      body: changedHere
        ? 'Das Passwort Ihres Mac wurde geändert. Sperren Sie den Mac und entsperren Sie ihn mit Ihrem aktuellen Arbeitspasswort; er übernimmt es dann.'
        : 'Ihr Arbeitspasswort wurde anderswo geändert oder konnte nicht geprüft werden. Sperren Sie den Mac und entsperren Sie ihn mit Ihrem aktuellen Arbeitspasswort; er übernimmt es dann.',
      steps: [
        online,
        'Sperren Sie den Bildschirm (Control-Befehl-Q) und geben Sie zum Entsperren Ihr aktuelles Arbeitspasswort ein.',
        'Oder klicken Sie auf die macOS-Mitteilung, die Sie zum Anmelden auffordert, und geben Sie es dort ein.',
        `Ab macOS 14 geht das auch unter ${users} > „Bearbeiten“ > ${authenticate}.`,
        changedHere
          ? 'Verwenden Sie das Passwort, mit dem Sie sich bei Ihren Arbeits-Apps anmelden. Dann gilt es auch wieder für Ihren Mac.'
          : 'Wenn Ihr Arbeitspasswort geändert wurde, geben Sie das neue ein: das Passwort, mit dem Sie sich bei Ihren Arbeits-Apps anmelden.',
        'Wenn Ihr Mac es nicht annimmt, wenden Sie sich bitte an Ihren IT-Support, statt es mehrfach zu versuchen.',
      ],
      solved: works,
    }),
    'password-change-window-overdue': {
      title: 'Bestätigen Sie Ihr Arbeitspasswort an diesem Mac',
      body: 'Ihr Mac konnte Ihr Arbeitspasswort schon länger nicht mehr prüfen. Sperren Sie den Bildschirm und entsperren Sie ihn mit Ihrem aktuellen Arbeitspasswort, damit Ihr Mac es prüft.',
      steps: [
        online,
        'Sperren Sie den Bildschirm (Control-Befehl-Q) und entsperren Sie ihn mit Ihrem aktuellen Arbeitspasswort statt mit Touch ID.',
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: 'Ihre Firmenanmeldung muss repariert werden',
      body: `Öffnen Sie ${pane} > Bearbeiten > Reparieren. Melden Sie sich dann mit Ihrem Arbeitskonto an, wie beim ersten Mal.`,
      steps: [
        online,
        `Öffnen Sie ${users} und klicken Sie auf „Bearbeiten“, dann auf „Reparieren“.`,
        'Melden Sie sich mit Ihrem Arbeitskonto an, so wie bei der Einrichtung.',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': ({ provider, app }) =>
      provider === 'entra'
        ? {
            title: 'Ihre Firmenanmeldung muss neu eingerichtet werden',
            body: `Entfernen Sie diesen Mac in den Einstellungen der App ${app} („Deregister“). Melden Sie sich dort wieder an und folgen Sie den Schritten.`,
            steps: [
              online,
              `Öffnen Sie die Einstellungen der App ${app} (Company Portal).`,
              'Entfernen Sie diesen Mac dort („Deregister“, in älteren Versionen „Unregister“ oder „Sign out“). Eine Bestätigung erscheint nicht.',
              'Melden Sie sich in der App wieder an und folgen Sie ihren Schritten.',
              askForHelp,
            ],
            solved: works,
          }
        : {
            title: 'Ihre Firmenanmeldung muss neu eingerichtet werden',
            body: 'Bitte sagen Sie Ihrem IT-Support, dass die Firmenanmeldung auf diesem Mac neu eingerichtet werden muss. Melden Sie sich an, wenn macOS Sie dazu auffordert.',
            steps: [
              online,
              'Bitte sagen Sie Ihrem IT-Support, dass die Firmenanmeldung auf diesem Mac neu eingerichtet werden muss.',
              'Wenn macOS Sie auffordert, sich mit Ihrem Arbeitskonto anzumelden, folgen Sie den Schritten bis zum Ende.',
            ],
            solved: works,
          },
    'wpj-key-not-removed-after-migration': ({ provider, app }) => ({
      title: 'Auf dem Mac ist vielleicht noch eine alte Firmenanmeldung',
      body: 'Sie kann zusätzliche Anmeldeaufforderungen auslösen. Bitte sagen Sie Ihrem IT-Support Bescheid; löschen müssen Sie selbst nichts.',
      steps: [
        'Bitte sagen Sie Ihrem IT-Support, dass auf Ihrem Mac vielleicht noch eine alte Firmenanmeldung vorhanden ist.',
        'Löschen Sie bitte nichts in der Schlüsselbundverwaltung, außer Ihr IT-Support bittet Sie darum.',
        provider === 'entra'
          ? `Wenn Sie neu beginnen sollen: Entfernen Sie diesen Mac in den Einstellungen der App ${app} („Deregister“) und melden Sie sich dort wieder an.`
          : 'Wenn Sie neu beginnen sollen, folgen Sie den Schritten Ihres IT-Supports.',
      ],
      solved: `Die alte Firmenanmeldung ist entfernt. ${works}`,
    }),
    'passcode-policy-complexity-mismatch': ({ minimumLength }) => {
      const length =
        minimumLength === undefined
          ? null
          : counted('de', minimumLength, { one: 'Zeichen', other: 'Zeichen' });
      return {
        title: 'Ihr Arbeitspasswort erfüllt vielleicht nicht alle Regeln',
        body:
          length === null
            ? 'Auf Ihrem Mac gelten eigene Passwortregeln. Erfüllt Ihr Arbeitspasswort sie nicht, wählen Sie bitte eines, das sie erfüllt; sperren und entsperren Sie dann den Bildschirm.'
            : `Ihr Mac verlangt mindestens ${length}. Erfüllt Ihr Arbeitspasswort die Regeln nicht, wählen Sie bitte eines, das sie erfüllt; sperren und entsperren Sie dann den Bildschirm.`,
        steps: [
          length === null
            ? 'Prüfen Sie, ob Ihr Arbeitspasswort die Passwortregeln Ihres Mac erfüllt.'
            : `Prüfen Sie, ob Ihr Arbeitspasswort mindestens ${length} hat. Das verlangt Ihr Mac; er kann weitere Regeln haben.`,
          'Wenn Ihr Arbeitspasswort diese Regeln erfüllt, müssen Sie es nicht ändern.',
          'Wenn nicht, wählen Sie ein passendes: dort, wo Sie Ihr Arbeitspasswort auch sonst ändern.',
          'Sperren Sie den Bildschirm (Control-Befehl-Q) und entsperren Sie ihn mit dem neuen Arbeitspasswort.',
          'Wenn Sie die Regeln nicht kennen, wenden Sie sich bitte an Ihren IT-Support.',
        ],
        solved: `Die Passwortregeln Ihres Mac sind kein Problem mehr. ${works}`,
      };
    },
    'registration-long-running-macos14': {
      title: 'Ihre Firmenanmeldung ist noch nicht eingerichtet',
      body: `Fragt macOS in etwa 10 Minuten wieder, folgen Sie den Schritten. Oder öffnen Sie ${pane} und wählen Sie „Register“.`,
      steps: [
        online,
        'Warten Sie etwa 10 Minuten und folgen Sie den Schritten bis zum Ende, wenn macOS noch einmal fragt.',
        `Oder öffnen Sie ${users} und wählen Sie ${register} oder „Bearbeiten“ > „Reparieren“.`,
        closedWindow,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: 'Ihre Firmenanmeldung ist noch nicht eingerichtet',
      body: 'Das kann einige Minuten dauern; versuchen Sie es erneut, wenn macOS Sie dazu auffordert. Erscheint nichts, melden Sie sich am Mac ab und wieder an.',
      steps: [
        online,
        'Warten Sie einige Minuten und versuchen Sie es erneut, wenn macOS Sie dazu auffordert.',
        'Erscheint nichts, sichern Sie Ihre Arbeit, melden Sie sich am Mac ab und wieder an.',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': ({ deviceRegistered = false }) => ({
      title: 'Richten Sie Ihre Firmenanmeldung auf diesem Mac ein',
      body: 'Klicken Sie auf die macOS-Mitteilung „Registration Required“ und folgen Sie den Schritten. Danach können Ihre Arbeits-Apps Sie automatisch anmelden.',
      steps: [
        online,
        clickNotification,
        hiddenNotification,
        `Ab macOS 14 geht das auch unter ${users}: Wählen Sie ${register} oder „Bearbeiten“ > „Reparieren“.`,
        ...(deviceRegistered
          ? [
              'Dort steht vielleicht schon „Registered“ („registriert“). Das gilt für Ihren Mac; Ihr Konto muss noch eingerichtet werden.',
            ]
          : []),
        closedWindow,
        askForHelp,
      ],
      solved: works,
    }),
    'sso-tokens-expired': {
      title: 'Ihre Firmenanmeldung ist abgelaufen',
      body: connectAndUnlock,
      steps: [
        online,
        'Prüfen Sie, ob Datum und Uhrzeit Ihres Mac stimmen.',
        withPassword,
        ifAsked,
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-missing': {
      title: 'Ihre Firmenanmeldung ist nicht aktiv',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
    'company-portal-missing': {
      title: 'Die App für Ihre Firmenanmeldung fehlt',
      body: 'Die Firmenanmeldung braucht die App „Unternehmensportal“, die auf diesem Mac fehlt. Installieren Sie sie aus dem App-Katalog Ihrer Firma oder wenden Sie sich an Ihren IT-Support.',
      steps: [
        online,
        'Öffnen Sie die App, in der Ihre Firma Software anbietet, zum Beispiel „Self Service“ oder „Managed Software Center“.',
        'Installieren Sie dort „Unternehmensportal“ (Company Portal) in den Ordner „Programme“.',
        'Wenn Sie die App in einen anderen Ordner verschoben haben, bewegen Sie sie zurück in den Ordner „Programme“.',
        'Wenn Sie die App nicht finden, wenden Sie sich bitte an Ihren IT-Support.',
      ],
      solved: `Die App „Unternehmensportal“ ist wieder installiert. ${works}`,
    },
    'auth-method-changed-reregister': {
      title: 'Richten Sie Ihre Firmenanmeldung neu ein',
      body: 'Ihre Firma hat geändert, wie dieser Mac Sie anmeldet. Klicken Sie auf die macOS-Mitteilung „Registration Required“ und folgen Sie den Schritten.',
      steps: [
        online,
        'Halten Sie Ihr Telefon bereit oder womit Sie sonst eine Anmeldung bestätigen.',
        clickNotification,
        hiddenNotification,
        `Ab macOS 14 geht das auch unter ${users}: „Bearbeiten“ > „Reparieren“.`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-token-refresh-overdue': {
      title: 'Ihr Mac konnte Ihre Firmenanmeldung nicht erneuern',
      body: 'Sie können vorerst weiterarbeiten. Sperren Sie den Bildschirm und entsperren Sie ihn wieder; wenn macOS Sie zum Anmelden auffordert, folgen Sie den Schritten.',
      steps: [
        online,
        'Sperren Sie den Bildschirm (Control-Befehl-Q) und entsperren Sie ihn wie gewohnt.',
        ifAsked,
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'token-binding-owed': {
      title: 'Entsperren Sie diesen Mac einmal mit seinem Passwort',
      body: 'Ihre Firmenanmeldung muss einmal bestätigt werden. Sperren Sie den Bildschirm und entsperren Sie ihn mit dem Passwort dieses Mac statt mit Touch ID.',
      steps: [
        online,
        'Sperren Sie den Bildschirm (Control-Befehl-Q) und entsperren Sie ihn mit dem Passwort dieses Mac statt mit Touch ID.',
        'Wenn macOS Sie zum Anmelden auffordert, geben Sie das Passwort dieses Mac ein.',
        askForHelp,
      ],
      solved: works,
    },
    'user-authentication-required': {
      title: 'Melden Sie sich erneut mit Ihrem Arbeitskonto an',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
  },
  apps: { entra: '„Unternehmensportal“', okta: '„Okta Verify“', other: 'für Ihre Firmenanmeldung' },
  restartFirst: {
    body: 'Starten Sie zuerst Ihren Mac neu, verbinden Sie ihn mit dem Internet und melden Sie sich an. Wenn macOS Sie dann zum Anmelden auffordert, folgen Sie den Schritten.',
    step: 'Sichern Sie Ihre Arbeit und starten Sie Ihren Mac neu. Wenn die Firmenanmeldung danach wieder funktioniert, können Sie die übrigen Schritte auslassen.',
  },
  helpdesk: [
    {
      phrase: 'Ihres IT-Supports',
      named: (helpdesk) => `von ${helpdesk}`,
      of: (organization) => `des IT-Supports von ${organization}`,
    },
    {
      phrase: 'Ihrem IT-Support',
      named: (helpdesk) => helpdesk,
      of: (organization) => `dem IT-Support von ${organization}`,
    },
    {
      phrase: 'Ihren IT-Support',
      named: (helpdesk) => helpdesk,
      of: (organization) => `den IT-Support von ${organization}`,
    },
    {
      phrase: 'Ihr IT-Support',
      named: (helpdesk) => helpdesk,
      of: (organization) => `der IT-Support von ${organization}`,
    },
  ],
  help: (helpdesk) => `Hilfe: ${helpdesk}.`,
  connect: online,
  ownSolved: {
    title: 'Es ist nichts mehr zu tun',
    body: (title) => `„${title}“ trifft nicht mehr zu. ${works}`,
  },
  solvedTitle: 'Ihre Firmenanmeldung funktioniert wieder',
  window: {
    fresh: (good) => `${lastGood(good)}macOS prüft automatisch wieder.`,
    due: (good) => `${lastGood(good)}macOS prüft wieder, wenn Sie das nächste Mal entsperren.`,
    hint: (good) =>
      `${lastGood(good)}Sperren und entsperren Sie den Bildschirm einmal, dann prüft macOS wieder.`,
    overdue: (good) =>
      `${lastGood(good)}Seitdem konnte Ihr Mac nicht mehr prüfen; sperren Sie den Bildschirm und entsperren Sie ihn mit Ihrem aktuellen Arbeitspasswort.`,
    pending: () => 'macOS wartet auf Ihr Arbeitspasswort.',
    suspended: (good) =>
      `${lastGood(good)}Zuerst muss Ihre Firmenanmeldung eingerichtet oder repariert werden.`,
    removed: (good) => `${lastGood(good)}Seitdem wurde die Firmenanmeldung von diesem Mac entfernt.`,
    notApplicable: () => 'Ihr Mac-Passwort ist unabhängig von Ihrem Arbeitspasswort.',
    methodNotUnderstood: (method) =>
      `Diese Version von PSSO Monitor weiß nicht, wie sich die Anmeldemethode ${method} auf das Mac-Passwort auswirkt.`,
    unknown: (good) =>
      good === null
        ? 'Es ist nicht bekannt, wann Ihr Arbeitspasswort zuletzt bestätigt wurde.'
        : `${lastGood(good)}Neuere Informationen gibt es nicht.`,
  },
  advice: {
    title: 'Ihre Firmenanmeldung auf diesem Mac',
    headlines: {
      ok: 'Ihre Firmenanmeldung funktioniert auf diesem Mac.',
      'needs-attention': 'Bei Ihrer Firmenanmeldung gibt es ein Problem.',
      'not-registered': 'Ihre Firmenanmeldung ist noch nicht vollständig eingerichtet.',
      'not-configured': 'Auf diesem Mac ist die Firmenanmeldung nicht eingerichtet.',
      exempt: 'Ihr Konto braucht auf diesem Mac keine Firmenanmeldung.',
    },
    unknown: 'Ihre Firmenanmeldung kann gerade nicht geprüft werden.',
    noHistory:
      'Ihre Firmenanmeldung wurde noch nicht geprüft. Bitte versuchen Sie es in zehn Minuten noch einmal.',
    elsewhere: 'Wenn Sie sich trotzdem nicht anmelden können, wenden Sie sich bitte an Ihren IT-Support.',
    silenced: (until) => `Mitteilungen dazu haben Sie bis ${until} stummgeschaltet.`,
    close: 'OK',
    makeReport: 'Bericht für die IT erstellen',
  },
  notificationTest: {
    title: 'Testmitteilung',
    body: 'Wenn Sie das lesen können, erhalten Sie Mitteilungen zu Ihrer Firmenanmeldung. Sie müssen nichts tun.',
  },
  report: {
    title: 'Platform SSO auf {mac}',
    thisMac: 'diesem Mac',
    helpdesk: 'IT-Support',
    headlines: {
      ok: 'Platform SSO funktioniert.',
      'needs-attention': 'Bei Platform SSO gibt es ein Problem.',
      'not-registered': 'Platform SSO ist eingerichtet, aber nicht registriert.',
      'not-configured': 'Platform SSO ist auf diesem Mac nicht eingerichtet.',
      exempt: 'Dieses Konto ist von Platform SSO ausgenommen.',
      unknown: 'Ob Platform SSO funktioniert, ist nicht bekannt.',
    },
    notKnown: {
      since: 'Nicht bekannt seit {time} (vorher: {was})',
      neverPolled: 'Nicht bekannt: Der Agent hat diesen Mac noch nie abgefragt (vorher: {was})',
    },
    stateOfSignIn: 'Stand der Anmeldung',
    file: 'Datei {file}',
    tones: { good: 'OK', quiet: 'Nichts zu tun', notice: 'Prüfen', bad: 'Problem', unknown: 'Unbekannt' },
    severities: { info: 'Information', low: 'niedrig', medium: 'mittel', high: 'hoch' },
    lastKnown: 'Zuletzt bekannt:',
    since: 'Seit {time}.',
    issues: {
      noneOpen: 'Kein offenes Problem',
      noneWasOpen: 'Kein Problem war offen',
      openSince: 'Offen seit {time} ({duration}), Schweregrad {severity}.',
      historyEnds: 'Der Verlauf endet am {time}; der Zustand seitdem ist unbekannt.',
      silenced: 'Der Benutzer hat die Mitteilungen dazu bis {time} stummgeschaltet.',
      changedBefore: 'Was sich davor geändert hat',
      userSteps: 'Was der Benutzer tun kann',
      adminSteps: 'Für die Administration (englisch): Abhilfe, Bestätigung, Links',
      open: { one: 'Ein offenes Problem', other: '{count} offene Probleme' },
      resolved: { one: 'Ein gelöstes Problem', other: '{count} gelöste Probleme' },
      heads: ['Problem', 'Begonnen', 'Gelöst', 'Dauer', 'Zusammenfassung'],
    },
    timeline: {
      heading: 'Zeitachse',
      empty: 'Es wurde noch nichts aufgezeichnet.',
      shown: 'Gezeigt: {from} – {to} ({length}), Zeitzone {zone}.',
      about: 'Zeitachse: {names}. Die Tabelle darunter hat denselben Inhalt.',
      part: 'Welcher Teil der Zeitachse',
      ended: 'Der Verlauf endet am {time}; jetzt ist der {now}.',
      end: 'Ende des Verlaufs',
      now: 'jetzt',
      everything: 'Alles',
      theBreak: 'Der Ausfall',
      lastDay: 'Letzter Tag',
      lastDays: 'Letzte {count} Tage',
      closer: 'Hineinzoomen',
      wider: 'Herauszoomen',
      earlier: 'Früher',
      later: 'Später',
      hint: 'Ziehen zum Verschieben, Ctrl halten und scrollen zum Zoomen.',
      table: 'Die Zeitachse als Tabelle',
      newestFirst: 'Die Zeitachse, das Neueste zuerst',
      newestOf: 'Die neuesten {some} von {all} Zeiträumen und Ereignissen der Zeitachse',
      heads: ['Was', 'Zustand', 'Von', 'Bis', 'Dauer'],
    },
    lanes: {
      registration: {
        name: 'Registrierung',
        about: 'Ob dieser Mac und sein Benutzer beim Identitätsanbieter registriert waren.',
        states: {
          complete: 'registriert',
          device: 'nur das Gerät ist registriert',
          none: 'nicht registriert',
          removed: 'nicht eingerichtet',
          unknown: 'unbekannt',
        },
      },
      tokens: {
        name: 'Anmeldetokens',
        about: 'Ob die Anmeldetokens auf diesem Mac gültig oder abgelaufen waren.',
        states: {
          valid: 'gültig',
          expired: 'abgelaufen',
          unregistered: 'keine Registrierung',
          unknown: 'unbekannt',
        },
      },
      passwordWindow: {
        name: 'Passwortbestätigung',
        about: 'Ob das Arbeitspasswort in den letzten 4 Stunden und 5 Minuten bestätigt worden war.',
        states: {
          fresh: 'bestätigt',
          due: 'wird beim nächsten Entsperren bestätigt',
          overdue: 'überfällig',
          pending: 'macOS fragt nach dem Passwort',
          suspended: 'keine Registrierung',
          unknown: 'unbekannt',
        },
      },
      watching: {
        name: 'Mac und Agent',
        about:
          'Wann der Agent den Mac abgefragt hat und wann nicht: Der Mac schlief, oder der Agent lief nicht.',
        states: {
          watching: 'beobachtet',
          asleep: 'Ruhezustand',
          notRunning: 'Agent lief nicht',
          unwatched: 'nicht beobachtet',
        },
      },
      issue: { about: 'Das Problem {issue}, solange es offen war.', open: 'offen' },
      changes: {
        name: 'Änderungen',
        about: 'Updates, Profile, Richtlinien und andere Änderungen, die einen Ausfall erklären können.',
      },
      shown: { name: 'Dem Benutzer gezeigt', about: 'Mitteilungen, die dem Benutzer gezeigt wurden.' },
    },
    events: {
      heading: 'Ereignisse',
      count: '{found} von {all} Ereignissen.',
      countHere: '{found} von {all} Ereignissen, hier {from} bis {to}.',
      newer: 'Neuere',
      older: 'Ältere',
      pages: 'Seiten der Ereignisse',
      table: 'Tabelle der Ereignisse',
      newestFirst: 'Ereignisse, das Neueste zuerst',
      filter: 'Filter der Ereignisse',
      search: 'Suche',
      example: 'zum Beispiel registration',
      which: 'Welche Ereignisse',
      notable: 'Alle außer Routine',
      everything: 'Alles',
      any: 'jeder',
      orMore: '{severity} oder höher',
      onlyShown: 'Nur die Zeit, die die Zeitachse zeigt',
      heads: ['Zeit', 'Was', 'Schweregrad', 'Zusammenfassung'],
    },
    confirmations: {
      heading: 'Bestätigungen des Passworts',
      none: 'Bisher war keine Bestätigung fällig.',
      about:
        'Jede Zeile ist ein Token-Zyklus, von einer Bestätigung des Passworts bis zur nächsten. Der Mac weiß nicht, wann das Passwort anderswo geändert wurde.',
      late: 'Verspätete Token-Zyklen: {late} von {all}',
      newestFirst: 'Bestätigungen des Passworts, die neueste zuerst',
      heads: [
        'Zuletzt bestätigt',
        'Fällig',
        'macOS fragte',
        'Wieder bestätigt',
        'Ergebnis',
        'Verspätung',
        'Aktive Zeit',
      ],
      outcomes: {
        open: 'noch nicht',
        'token-refreshed': 'Tokens erneuert',
        'password-synced': 'Passwort synchronisiert',
        abandoned: 'abgebrochen: andere Registrierung oder Methode',
      },
    },
    facts: {
      heading: 'Dieser Mac',
      values: {
        complete: 'vollständig',
        device: 'nur das Gerät',
        none: 'keine',
        unclear: 'unklar: Der Zustand des Benutzers ist eine undokumentierte Zahl',
        another: 'ein anderer',
        running: 'läuft',
        notRunning: 'läuft nicht',
        yes: 'ja',
        no: 'nein',
        notInstalled: 'nicht installiert',
      },
      methods: {
        password: 'Passwort',
        secureEnclaveKey: 'Secure-Enclave-Schlüssel',
        smartCard: 'Smartcard',
        accessKey: 'Zugangsschlüssel',
        openId: 'OpenID',
        none: 'keine',
        unknown: 'unbekannt',
      },
      names: {
        User: 'Benutzer',
        Device: 'Gerät',
        'Identity provider': 'Identitätsanbieter',
        'Sign-in method': 'Anmeldemethode',
        Registration: 'Registrierung',
        'Password last confirmed': 'Passwort zuletzt bestätigt',
        'Tokens expire': 'Tokens laufen ab',
        'Mac password last set': 'Mac-Passwort zuletzt gesetzt',
        macOS: 'macOS',
        'Company Portal': 'Unternehmensportal',
        'Enrolled in MDM': 'In MDM registriert',
        'PSSO Monitor': 'PSSO Monitor',
        Agent: 'Agent',
        'Last poll': 'Letzte Abfrage',
      },
    },
    colours: { label: 'Farben', auto: 'System', light: 'Hell', dark: 'Dunkel' },
    footer: {
      made: 'PSSO Monitor {version} hat diesen Bericht am {time} erstellt. Zeiten gelten in Ihrer Zeitzone; zeigen Sie auf eine Zeit, um UTC zu sehen.',
      selfContained:
        'Diese Datei ist vollständig: Sie lädt nichts und sendet nichts. Apache ECharts zeichnet die Diagramme.',
    },
    noScript:
      'Ein Skript in dieser Datei zeichnet die Seite. Erlauben Sie Skripte, um die Seite zu sehen; sonst lädt die Datei nichts.',
  },
};
