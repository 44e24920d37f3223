import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNotifiable, issueIds, issueOf } from '../../agent/issues/issues.ts';
import { sentencesIn } from '../../agent/issues/validate-catalogue.ts';
import { identityProviders } from '../../agent/shared/identity-provider.ts';
import { chooseLanguage, type Language, languages } from '../../agent/shared/languages.ts';
import { textColumns } from '../../agent/shared/text-columns.ts';
import { counted } from '../../agent/texts/language-texts.ts';
import {
  notifiableIssueOf,
  testText,
  type UserTextParameters,
  userText,
} from '../../agent/texts/user-texts.ts';
import { wordsByLanguage } from './language-words.ts';

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
        language,
        issue,
        provider,
        ...userText(issue, language, { ...parameters, provider }),
      })),
    ),
  ),
);

/** A label keeps its exact name; everything else is in plain words. */
const withoutLabels = (text: string) => text.replaceAll(/“[^”]*”|„[^“]*“|«[^»]*»|「[^」]*」/g, '');

const jargonEverywhere =
  /\b(P?SSO|Entra|Azure|IdP|MDM|MFA|TGT|PRT|WPJ|UPN|AAD\w*|Kerberos|OAuth|Intune|Secure Enclave|Workplace Join|Conditional Access|plist|daemon|API)\b/i;
describe("a user's words", () => {
  it.each(texts)('$language $issue $provider: fit a banner', ({ title, body, solved, solvedTitle }) => {
    for (const line of [title, solvedTitle]) {
      expect(textColumns(line), line).toBeLessThanOrEqual(60);
      expect(line, line).not.toMatch(/[.!?。！？]$/);
    }
    for (const line of [body, solved]) {
      expect(textColumns(line), line).toBeLessThanOrEqual(180);
      expect(sentencesIn(line), line).toBeLessThanOrEqual(2);
      expect(line).toMatch(/[.。]$/);
    }
    for (const line of [title, body, solved, solvedTitle])
      expect(line.trim().replaceAll(/[ \t\n]+/g, ' ')).toBe(line);
  });

  it.each(texts)('$language $issue $provider: are plain and without blame', (text) => {
    for (const line of [text.title, text.body, ...text.steps, text.solved]) {
      const plain = withoutLabels(line);
      expect(plain).not.toMatch(jargonEverywhere);
      expect(plain).not.toMatch(wordsByLanguage[text.language].jargon);
      // “If you did not change it” asks; it doesn't blame.
      const { asks, blame } = wordsByLanguage[text.language];
      expect(plain.replace(asks, '')).not.toMatch(blame);
      expect(plain).not.toContain('!');
    }
  });

  it.each(texts)('$language $issue $provider: say what to do, step by step', ({ body, steps, language }) => {
    expect(steps.length).toBeGreaterThanOrEqual(3);
    for (const step of steps) expect(step).toMatch(/[.。]$/);
    expect(body).toMatch(wordsByLanguage[language].action);
  });

  it('are another text in each language', () => {
    for (const issue of notified) {
      const [english, ...others] = languages.map((language) => userText(issue, language));
      for (const text of others) {
        expect(text.title).not.toBe(english?.title);
        expect(text.body).not.toBe(english?.body);
        expect(text.solved).not.toBe(english?.solved);
        expect(text.steps).toHaveLength(english?.steps.length ?? 0);
      }
      expect(new Set(others.map(({ title }) => title)).size).toBe(others.length);
    }
  });

  it('address the reader in one form, and use the words of a Mac in their language', () => {
    for (const text of texts) {
      const { wrongAddress, englishLabels } = wordsByLanguage[text.language];
      const whole = [text.title, text.body, ...text.steps].join(' ').replaceAll(/\(englisch „[^“]+“\)/g, '');
      if (wrongAddress !== null) expect(whole).not.toMatch(wrongAddress);
      if (englishLabels !== null) expect(whole).not.toMatch(englishLabels);
    }
    expect(userText('registration-needs-repair', 'de').body).toContain(
      'Systemeinstellungen > Benutzer:innen & Gruppen > Netzwerkaccount-Server > Bearbeiten > Reparieren',
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
      expect([body, ...steps].join(' ')).not.toMatch(wordsByLanguage[language].repair);
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
      expect(userText('password-change-window-overdue', language).body).not.toMatch(
        wordsByLanguage[language].changed,
      );
    }
  });

  it('count characters in the grammar of the language', () => {
    const body = (language: Language, minimumLength?: number) =>
      userText(
        'passcode-policy-complexity-mismatch',
        language,
        minimumLength === undefined ? {} : { minimumLength },
      ).body;
    for (const language of languages) {
      const { one, twelve } = wordsByLanguage[language].lengths;
      expect(body(language, 1)).toContain(one);
      expect(body(language, 12)).toContain(twelve);
      expect(body(language)).not.toMatch(/\d|undefined/);
    }
    expect(counted('de', 1_200, { one: 'Tag', other: 'Tage' })).toBe('1.200 Tage');
  });
});

describe('what no text says', () => {
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
    [['tlh', 'ja'], 'ja'],
    [['tlh', 'sv'], 'en'],
    [['ja-JP', 'en-JP'], 'ja'],
    [['nl-BE', 'fr-BE'], 'nl'],
    [['pt-BR'], 'pt-BR'],
    [['pt-PT', 'en'], 'pt-BR'],
    [['zh-Hans-CN', 'DE_at'], 'de'],
    [['den', 'english'], 'en'],
    [[], 'en'],
    [['tlh', 'fr-CA', 'en'], 'fr'],
    [['es-419'], 'es'],
    [['it_CH', 'de'], 'it'],
    [['DE'], 'de'],
    [['de_Latn_CH'], 'de'],
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

describe('the test notification', () => {
  it('fits a banner and says that it is a test', () => {
    for (const language of languages) {
      const { title, body } = testText(language);
      expect(title).toMatch(wordsByLanguage[language].test);
      expect(textColumns(title)).toBeLessThanOrEqual(60);
      expect(textColumns(body)).toBeLessThanOrEqual(180);
      expect(title + body).not.toMatch(jargonEverywhere);
    }
  });
});
