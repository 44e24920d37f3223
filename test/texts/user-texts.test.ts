import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phases } from '../../agent/detect/password-window.ts';
import { isNotifiable, issueIds, issueOf } from '../../agent/issues/issues.ts';
import { sentencesIn } from '../../agent/issues/validate-catalogue.ts';
import { identityProviders } from '../../agent/shared/identity-provider.ts';
import { chooseLanguage, type Language, languages } from '../../agent/shared/languages.ts';
import { counted } from '../../agent/texts/language-texts.ts';
import {
  notifiableIssueOf,
  testText,
  type UserTextParameters,
  userText,
  windowSentence,
} from '../../agent/texts/user-texts.ts';

const notified = issueIds.filter(isNotifiable);
const parameterSets: UserTextParameters[] = [
  {},
  { minimumLength: 1 },
  { minimumLength: 12 },
  { minimumLength: 250 },
  { deviceRegistered: true },
  { changedHere: true },
  { restartFirst: true },
];
const texts = languages.flatMap((language) =>
  notified.flatMap((issue) =>
    parameterSets.flatMap((parameters) =>
      identityProviders.map((provider) => ({
        ...{ language, issue, provider },
        ...userText(issue, language, { ...parameters, provider }),
      })),
    ),
  ),
);

/** A label keeps its exact name; everything else is in plain words. */
const withoutLabels = (text: string) => text.replaceAll(/“[^”]*”|„[^“]*“/g, '');

const jargonEverywhere =
  /\b(P?SSO|Entra|Azure|IdP|MDM|MFA|TGT|PRT|WPJ|UPN|AAD\w*|Kerberos|OAuth|Intune|Secure Enclave|Workplace Join|Conditional Access|plist|daemon|API)\b/i;
const jargon: Record<Language, RegExp> = {
  en: /\b(tokens?|registr\w+|register\w*|deregister\w*|enrol\w*|credentials?|authenticat\w*|identity provider|payloads?|profiles?|extensions?|certificates?|synchroni[sz]\w*|sync\w*|refresh\w*|stale|state|cache|directory|tenant|policy|policies)\b/i,
  de: /\b(tokens?|\w*registrier\w*|credentials?|authentifizier\w*|authentisier\w*|identitätsanbieter|nutzlast|profil\w*|erweiterung\w*|zertifikat\w*|synchronis\w*|status|zustand|mandant\w*|richtlinie\w*|cache|verzeichnis\w*)(?=\P{L}|$)/iu,
};
const blame: Record<Language, RegExp> = {
  en: /\b(you (failed|forgot|should have|did not|didn’t|ignored|closed)|your (mistake|fault|error)|must immediately|violation|warning|urgent)\b/i,
  de: /\b(Sie haben (nicht|vergessen|versäumt|ignoriert)|Ihr Fehler|Ihre Schuld|sofort|Warnung|dringend|Verstoß)\b/i,
};

describe("a user's words", () => {
  it.each(texts)('$language $issue $provider: fit a banner', ({ title, body, solved, solvedTitle }) => {
    for (const line of [title, solvedTitle]) {
      expect(line.length, line).toBeLessThanOrEqual(60);
      expect(line, line).not.toMatch(/[.!?]$/);
    }
    for (const line of [body, solved]) {
      expect(line.length, line).toBeLessThanOrEqual(180);
      expect(sentencesIn(line), line).toBeLessThanOrEqual(2);
      expect(line).toMatch(/\.$/);
    }
    for (const line of [title, body, solved, solvedTitle])
      expect(line.trim().replaceAll(/\s+/g, ' ')).toBe(line);
  });

  it.each(texts)('$language $issue $provider: are plain and without blame', (text) => {
    for (const line of [text.title, text.body, ...text.steps, text.solved]) {
      const plain = withoutLabels(line);
      expect(plain).not.toMatch(jargonEverywhere);
      expect(plain).not.toMatch(jargon[text.language]);
      // “If you did not change it” asks; it doesn't blame.
      expect(plain.replace(/^(If you|Wenn Sie).*?:/, '')).not.toMatch(blame[text.language]);
      expect(plain).not.toContain('!');
    }
  });

  it.each(texts)('$language $issue $provider: say what to do, step by step', ({ body, steps, language }) => {
    expect(steps.length).toBeGreaterThanOrEqual(3);
    for (const step of steps) expect(step).toMatch(/\.$/);
    const action =
      language === 'en'
        ? /\b(lock|open|click|connect|tell|choose|log out|install)\b/i
        : /(sperren|öffnen|klicken|verbinden|entfernen|sagen|wählen|melden|installieren) Sie/i;
    expect(body).toMatch(action);
  });

  it('are another text in each language', () => {
    for (const issue of notified) {
      const [en, de] = [userText(issue, 'en'), userText(issue, 'de')];
      expect(de.title).not.toBe(en.title);
      expect(de.body).not.toBe(en.body);
      expect(de.solved).not.toBe(en.solved);
      expect(de.steps).toHaveLength(en.steps.length);
    }
  });

  it('address a German reader as Sie, and know the words of a German Mac', () => {
    const german = texts.filter((text) => text.language === 'de');
    for (const text of german) {
      const whole = [text.title, text.body, ...text.steps].join(' ');
      expect(whole).not.toMatch(/\b(du|dein|deine|deinen|deinem|dir|dich)\b/i);
      expect(whole).not.toMatch(/System Settings|Users & Groups|Network Account Server|\bRepair\b/);
    }
    expect(userText('registration-needs-repair', 'de').body).toContain(
      'Systemeinstellungen > Benutzer:innen & Gruppen > Netzwerkaccountserver > Bearbeiten > Reparieren',
    );
  });

  it('send macOS 14 and later to Repair, and macOS 13 to Company Portal', () => {
    const repair = userText('registration-needs-repair', 'en');
    expect(repair.body).toContain(
      'System Settings > Users & Groups > Network Account Server, click Edit, then Repair',
    );
    const again = userText('deregister-reregister-macos13', 'en', { provider: 'entra' });
    expect(again.body).toContain('Company Portal > Preferences');
    for (const language of languages) {
      const { body, steps } = userText('deregister-reregister-macos13', language);
      expect([body, ...steps].join(' ')).not.toMatch(/Repair|Reparieren/);
    }
  });

  it('say only what is sure of a changed password', () => {
    expect(userText('password-change-prompt-pending', 'en').body).toMatch(
      /^Your work password was changed elsewhere, or /,
    );
    expect(userText('password-change-prompt-pending', 'de').body).toMatch(
      /^Ihr Arbeitspasswort wurde anderswo geändert oder /,
    );
    for (const changedHere of [true, false]) {
      const ask = (language: Language) =>
        userText('password-change-prompt-pending', language, { changedHere }).body;
      expect(ask('en')).toMatch(/ your current work password; your Mac then uses it\.$/);
      expect(ask('de')).toMatch(/ Ihrem aktuellen Arbeitspasswort; er übernimmt es dann\.$/);
    }
    for (const language of languages) {
      expect(userText('password-change-window-overdue', language).body).not.toMatch(/changed|geändert/);
    }
  });

  it('count characters in the grammar of the language', () => {
    const body = (language: Language, minimumLength?: number) =>
      userText(
        'passcode-policy-complexity-mismatch',
        language,
        minimumLength === undefined ? {} : { minimumLength },
      ).body;
    expect(body('en', 1)).toContain('at least 1 character.');
    expect(body('en', 12)).toContain('at least 12 characters.');
    expect(body('de', 12)).toContain('mindestens 12 Zeichen.');
    expect(body('en')).not.toMatch(/\d|undefined/);
    expect(counted('de', 1_200, { one: 'Tag', other: 'Tage' })).toBe('1.200 Tage');
  });
});

describe('what is not told', () => {
  it('borrows the words of the issue that it may explain', () => {
    for (const language of languages) {
      expect(userText('registration-prompt-closed', language)).toEqual(
        userText('psso-not-registered', language),
      );
    }
    const without = issueIds.filter((id) => notifiableIssueOf(id) === null);
    expect(without.filter((id) => issueOf(id)?.audience !== 'admin')).toEqual([]);
  });

  it('is refused when the catalogue does not know it', () => {
    expect(() => userText('constructor', 'en')).toThrow(RangeError);
    expect(notifiableIssueOf('of-another-version')).toBeNull();
  });
});

describe('the language', () => {
  it.each<[string[], Language]>([
    [['de-CH', 'en'], 'de'],
    [['en-GB', 'de'], 'en'],
    [['tlh', 'de-DE', 'en'], 'de'],
    [['tlh', 'ja'], 'en'],
    [['zh-Hans-CN', 'DE_at'], 'de'],
    [['den', 'english'], 'en'],
    [[], 'en'],
  ])('%j is answered in %s', (preferred, language) => {
    expect(chooseLanguage(preferred)).toBe(language);
  });

  it('is always one that has texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (preferred) => {
        expect(languages).toContain(chooseLanguage(preferred));
      }),
    );
  });
});

describe('the sentence on the password window', () => {
  it.each<[string, string, string]>([
    [
      'fresh',
      'Last confirmed good at 09:17. macOS checks again automatically.',
      'Zuletzt bestätigt: 09:17. macOS prüft automatisch wieder.',
    ],
    [
      'due',
      'Last confirmed good at 09:17. macOS will check again the next time you unlock.',
      'Zuletzt bestätigt: 09:17. macOS prüft wieder, wenn Sie das nächste Mal entsperren.',
    ],
    ['pending', 'macOS is waiting for your work password.', 'macOS wartet auf Ihr Arbeitspasswort.'],
    [
      'notApplicable',
      'Your Mac password is independent of your work password.',
      'Ihr Mac-Passwort ist unabhängig von Ihrem Arbeitspasswort.',
    ],
  ])('%s', (phase, en, de) => {
    expect(windowSentence(phase, 'en', { lastConfirmedGood: '09:17' })).toBe(en);
    expect(windowSentence(phase, 'de', { lastConfirmedGood: '09:17' })).toBe(de);
  });

  it('has one for every phase, and a known one for an unknown phase', () => {
    for (const language of languages) {
      const sentences = phases.map((phase) =>
        windowSentence(phase, language, { lastConfirmedGood: '09:17' }),
      );
      expect(new Set(sentences).size).toBe(phases.length);
      for (const sentence of sentences) {
        expect(sentencesIn(sentence)).toBeLessThanOrEqual(2);
        expect(sentence).not.toMatch(jargon[language]);
      }
      const unknown = windowSentence('unknown', language, { lastConfirmedGood: '09:17' });
      expect(unknown).toContain('09:17');
      expect(windowSentence('toString', language, { lastConfirmedGood: '09:17' })).toBe(unknown);
    }
  });

  it('names no time when none is known', () => {
    for (const language of languages) {
      for (const phase of phases) {
        expect(windowSentence(phase, language, { lastConfirmedGood: null })).not.toMatch(
          /null|Last|Zuletzt|:/,
        );
      }
    }
  });
});

describe('the test notification', () => {
  it('fits a banner and says that it is a test', () => {
    for (const language of languages) {
      const { title, body } = testText(language);
      expect(title).toMatch(/test/i);
      expect(title.length).toBeLessThanOrEqual(60);
      expect(body.length).toBeLessThanOrEqual(180);
      expect(title + body).not.toMatch(jargonEverywhere);
    }
  });
});
