import { counted, type LanguageTexts } from './language-texts.ts';

const works = 'Ihre Arbeitsanmeldung funktioniert wieder. Sie müssen nichts tun.';
const users = 'Systemeinstellungen > Benutzer:innen & Gruppen > Netzwerkaccountserver';
const online = 'Verbinden Sie Ihren Mac mit dem Internet.';
const askForHelp = 'Wenn das nicht hilft, wenden Sie sich bitte an Ihren IT-Support.';

const lastGood = (good: string | null) => (good === null ? '' : `Zuletzt bestätigt: ${good}. `);

export const de: LanguageTexts = {
  issues: {
    'password-change-prompt-pending': {
      title: 'Ihr Mac fragt nach Ihrem Arbeitspasswort',
      body: 'Vermutlich wurde Ihr Arbeitspasswort anderswo geändert. Sperren Sie den Bildschirm und entsperren Sie ihn mit dem neuen Arbeitspasswort.',
      steps: [
        online,
        'Sperren Sie den Bildschirm (Control-Befehl-Q) und geben Sie zum Entsperren Ihr neues Arbeitspasswort ein.',
        'Oder klicken Sie auf die macOS-Mitteilung, die Sie zum Anmelden auffordert, und geben Sie es dort ein.',
        `Ab macOS 14 geht das auch unter ${users} > „Bearbeiten“ > „Authentifizieren“ (englisch „Authenticate“).`,
        'Wenn Sie es nicht geändert haben: Verwenden Sie das Passwort, mit dem Sie sich bei Ihren Arbeits-Apps anmelden.',
        'Wenn Ihr Mac es nicht annimmt, fragen Sie bitte Ihren IT-Support, statt es viele Male zu versuchen.',
      ],
      solved: works,
    },
    'password-change-window-overdue': {
      title: 'Bitte bestätigen Sie Ihr Arbeitspasswort am Mac',
      body: 'Ihr Mac konnte Ihr Arbeitspasswort länger nicht prüfen. Sperren Sie den Bildschirm und entsperren Sie ihn mit Ihrem aktuellen Arbeitspasswort.',
      steps: [
        online,
        'Sperren Sie den Bildschirm (Control-Befehl-Q) und entsperren Sie ihn mit Ihrem aktuellen Arbeitspasswort statt mit Touch ID.',
        `Ab macOS 14 können Sie auch ${users} > „Bearbeiten“ öffnen und „Authentifizieren“ (englisch „Authenticate“) wählen, sonst „Reparieren“.`,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: 'Ihre Arbeitsanmeldung muss repariert werden',
      body: `Öffnen Sie ${users} > Bearbeiten > Reparieren. Melden Sie sich dann an wie beim ersten Mal.`,
      steps: [
        online,
        `Öffnen Sie ${users}.`,
        'Klicken Sie auf „Bearbeiten“ und dann auf „Reparieren“.',
        'Melden Sie sich mit Ihrem Arbeitskonto an, so wie bei der Einrichtung.',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': {
      title: 'Ihre Arbeitsanmeldung muss neu eingerichtet werden',
      body: 'Entfernen Sie diesen Mac in den Einstellungen der App „Unternehmensportal“ („Deregister“). Melden Sie sich dort wieder an und folgen Sie den Schritten.',
      steps: [
        online,
        'Öffnen Sie die Einstellungen der App „Unternehmensportal“ (Company Portal).',
        'Entfernen Sie diesen Mac dort („Deregister“, in älteren Versionen „Unregister“ oder „Sign out“). Ist das geschehen, erscheint keine Meldung.',
        'Melden Sie sich in der App wieder an und folgen Sie ihren Schritten.',
        askForHelp,
      ],
      solved: works,
    },
    'wpj-key-not-removed-after-migration': {
      title: 'Eine alte Arbeitsanmeldung scheint übrig zu sein',
      body: 'Sie kann zusätzliche Anmeldeaufforderungen auslösen. Bitte sagen Sie Ihrem IT-Support Bescheid; löschen müssen Sie selbst nichts.',
      steps: [
        'Bitte sagen Sie Ihrem IT-Support, dass auf Ihrem Mac eine alte Arbeitsanmeldung übrig ist.',
        'Löschen Sie bitte nichts in der Schlüsselbundverwaltung, solange Sie nicht darum gebeten werden.',
        'Wenn Sie neu beginnen sollen: Entfernen Sie diesen Mac in den Einstellungen der App „Unternehmensportal“ („Deregister“) und melden Sie sich dort wieder an.',
      ],
      solved: 'Die alte Arbeitsanmeldung ist weg. Sie müssen nichts tun.',
    },
    'passcode-policy-complexity-mismatch': ({ minimumLength }) => {
      const length =
        minimumLength === undefined
          ? null
          : counted('de', minimumLength, { one: 'Zeichen', other: 'Zeichen' });
      return {
        title: 'Ihr Arbeitspasswort passt vielleicht nicht zum Mac',
        body:
          length === null
            ? 'Ihr Mac hat eigene Passwortregeln. Erfüllt Ihr Arbeitspasswort sie nicht, wählen Sie bitte ein anderes und sperren und entsperren Sie dann den Bildschirm.'
            : `Ihr Mac verlangt mindestens ${length}. Erfüllt Ihr Arbeitspasswort seine Regeln nicht, wählen Sie bitte ein anderes und sperren und entsperren Sie dann den Bildschirm.`,
        steps: [
          length === null
            ? 'Ihr Mac hat Passwortregeln, die auch Ihr Arbeitspasswort erfüllen muss.'
            : `Ihr Mac hat Passwortregeln, die auch Ihr Arbeitspasswort erfüllen muss, zum Beispiel mindestens ${length}.`,
          'Wenn Ihr Arbeitspasswort sie erfüllt, müssen Sie nichts ändern.',
          'Wenn nicht, ändern Sie es dort, wo Sie Ihr Arbeitspasswort sonst auch ändern, in eines, das sie erfüllt.',
          'Sperren Sie den Bildschirm (Control-Befehl-Q) und entsperren Sie ihn mit dem neuen Arbeitspasswort.',
          'Wenn Sie die Regeln nicht kennen, fragen Sie bitte Ihren IT-Support.',
        ],
        solved: 'Die Passwortregeln Ihres Mac sind nicht mehr im Weg. Sie müssen nichts tun.',
      };
    },
    'registration-long-running-macos14': {
      title: 'Ihre Arbeitsanmeldung ist noch nicht eingerichtet',
      body: 'Folgen Sie den Schritten, wenn macOS bald noch einmal fragt. Oder öffnen Sie Systemeinstellungen > Benutzer:innen & Gruppen > Netzwerkaccountserver und wählen Sie „Registrieren“.',
      steps: [
        online,
        'Warten Sie etwa 10 Minuten und folgen Sie den Schritten bis zum Ende, wenn macOS noch einmal fragt.',
        `Oder öffnen Sie ${users} und wählen Sie „Registrieren“ („Register“) oder „Bearbeiten“ > „Reparieren“.`,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: 'Ihre Arbeitsanmeldung ist noch nicht eingerichtet',
      body: 'Das kann einige Minuten dauern; versuchen Sie es bitte erneut, wenn macOS fragt. Erscheint nichts, melden Sie sich am Mac ab und wieder an.',
      steps: [
        online,
        'Warten Sie einige Minuten und versuchen Sie es erneut, wenn macOS Sie dazu auffordert.',
        'Erscheint nichts, sichern Sie Ihre Arbeit, melden Sie sich am Mac ab und wieder an.',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': {
      title: 'Bitte richten Sie Ihre Arbeitsanmeldung ein',
      body: 'Klicken Sie auf die macOS-Mitteilung „Registrierung erforderlich“ („Registration Required“) und folgen Sie ihren Schritten.',
      steps: [
        online,
        'Klicken Sie auf die macOS-Mitteilung „Registrierung erforderlich“ (englisch „Registration Required“) und folgen Sie den Schritten bis zum Ende.',
        'Wenn Sie sie nicht sehen, klicken Sie in der Menüleiste auf Datum und Uhrzeit; sie wartet vielleicht dort oder ist durch einen Fokus verborgen.',
        `Ab macOS 14 geht das auch unter ${users}: Wählen Sie „Registrieren“ („Register“) oder „Bearbeiten“ > „Reparieren“.`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-expired': {
      title: 'Ihre Arbeitsanmeldung ist abgelaufen',
      body: 'Verbinden Sie sich mit dem Internet, sperren Sie den Bildschirm und entsperren Sie ihn mit Ihrem Passwort. Melden Sie sich an, wenn macOS danach fragt.',
      steps: [
        online,
        'Prüfen Sie, ob Datum und Uhrzeit Ihres Mac stimmen.',
        'Sperren Sie den Bildschirm (Control-Befehl-Q) und entsperren Sie ihn mit Ihrem Passwort statt mit Touch ID.',
        'Melden Sie sich an, wenn macOS danach fragt.',
        askForHelp,
      ],
      solved: works,
    },
    'sso-tokens-missing': {
      title: 'Ihre Arbeitsanmeldung ist nicht aktiv',
      body: 'Verbinden Sie sich mit dem Internet, sperren Sie den Bildschirm und entsperren Sie ihn mit Ihrem Passwort. Melden Sie sich an, wenn macOS danach fragt.',
      steps: [
        online,
        'Sperren Sie den Bildschirm (Control-Befehl-Q) und entsperren Sie ihn mit Ihrem Passwort statt mit Touch ID.',
        'Melden Sie sich an, wenn macOS danach fragt.',
        `Ab macOS 14 können Sie auch ${users} > „Bearbeiten“ öffnen und „Authentifizieren“ (englisch „Authenticate“) wählen, sonst „Reparieren“.`,
        askForHelp,
      ],
      solved: works,
    },
  },
  restartFirst: {
    body: 'Starten Sie Ihren Mac zuerst neu; verbinden Sie ihn mit dem Internet und melden Sie sich an. Wenn macOS Sie zum Anmelden auffordert, tun Sie das bitte.',
    step: 'Sichern Sie Ihre Arbeit und starten Sie Ihren Mac neu. Geht die Arbeitsanmeldung wieder, ist nichts weiter zu tun.',
  },
  solvedTitle: 'Alles wieder in Ordnung',
  window: {
    fresh: (good) => `${lastGood(good)}macOS prüft von selbst wieder.`,
    due: (good) => `${lastGood(good)}macOS prüft wieder, wenn Sie das nächste Mal entsperren.`,
    hint: (good) =>
      `${lastGood(good)}Sperren und entsperren Sie den Bildschirm einmal, dann prüft macOS wieder.`,
    overdue: (good) =>
      `${lastGood(good)}Seither konnte Ihr Mac nicht prüfen; sperren Sie den Bildschirm und entsperren Sie ihn mit Ihrem aktuellen Arbeitspasswort.`,
    pending: () => 'macOS wartet auf Ihr neues Arbeitspasswort.',
    suspended: (good) =>
      `${lastGood(good)}Zuerst muss Ihre Arbeitsanmeldung eingerichtet oder repariert werden.`,
    removed: (good) => `${lastGood(good)}Seither wurde die Arbeitsanmeldung von diesem Mac entfernt.`,
    notApplicable: () => 'Ihr Mac-Passwort ist unabhängig von Ihrem Arbeitspasswort.',
    unknown: (good) =>
      good === null
        ? 'Wann Ihr Arbeitspasswort zuletzt bestätigt wurde, ist nicht bekannt.'
        : `${lastGood(good)}Wie es seither darum steht, ist nicht bekannt.`,
  },
  advice: {
    title: 'Ihre Arbeitsanmeldung auf diesem Mac',
    headlines: {
      ok: 'Die Arbeitsanmeldung funktioniert auf diesem Mac.',
      'needs-attention': 'Ihre Arbeitsanmeldung braucht Aufmerksamkeit.',
      'not-registered': 'Ihre Arbeitsanmeldung ist noch nicht vollständig eingerichtet.',
      'not-configured': 'Auf diesem Mac ist keine Arbeitsanmeldung eingerichtet.',
      exempt: 'Ihr Konto braucht auf diesem Mac keine Arbeitsanmeldung.',
    },
    unknown: 'Wie es um Ihre Arbeitsanmeldung steht, lässt sich gerade nicht sagen.',
    noHistory:
      'Über Ihre Arbeitsanmeldung ist noch nichts bekannt. Bitte versuchen Sie es in zehn Minuten noch einmal.',
    elsewhere: 'Wenn Sie sich trotzdem nicht anmelden können, wenden Sie sich bitte an Ihren IT-Support.',
    close: 'OK',
    makeReport: 'Bericht für die IT erstellen',
  },
  notificationTest: {
    title: 'Test-Mitteilung',
    body: 'Wenn Sie das lesen, erreichen Sie die Mitteilungen zu Ihrer Arbeitsanmeldung. Sie müssen nichts tun.',
  },
};
