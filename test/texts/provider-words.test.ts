import { describe, expect, test } from 'vitest';
import { nextSteps } from '../../agent/diagnose/next-steps.ts';
import { catalogue, catalogueByProvider, entryOf, possibleCausesOf } from '../../agent/issues/catalogue.ts';
import { isOfProvider } from '../../agent/issues/issue.ts';
import { isNotifiable, issueIds, issueOf } from '../../agent/issues/issues.ts';
import { problemsIn } from '../../agent/issues/validate-catalogue.ts';
import {
  identityProviderOf,
  identityProviders,
  providerForTexts,
  providerNames,
} from '../../agent/shared/identity-provider.ts';
import { languages } from '../../agent/shared/languages.ts';
import { providerOfState } from '../../agent/store/state-keys.ts';
import { adviceTextsIn, userText } from '../../agent/texts/user-texts.ts';
import { foreignWords } from '../helpers/foreign-words.ts';

function expectOwnWords(provider: (typeof identityProviders)[number], of: unknown): void {
  const text = JSON.stringify(of);
  for (const words of foreignWords[provider]) expect(text).not.toMatch(words);
}

function isPossible(id: string, provider: (typeof identityProviders)[number]): boolean {
  const issue = issueOf(id);
  return issue !== null && isOfProvider(issue, provider);
}

/** An id is the same for every provider. */
const withoutIds = (of: object) => ({ ...of, id: '', detector: '', possibleCauseOf: [], providers: [] });

describe.each(identityProviders)('on a Mac with %s', (provider) => {
  test.each(issueIds.filter(isNotifiable).filter((id) => isPossible(id, provider)))(
    'the user text of %s names no other provider',
    (issue) => {
      for (const language of languages) expectOwnWords(provider, userText(issue, language, { provider }));
    },
  );

  test.each(catalogueByProvider[provider].map((entry) => [entry.id, entry] as const))(
    'the article of %s names no other provider',
    (_, entry) => {
      expectOwnWords(provider, withoutIds(entry));
      expect(entry.links).not.toEqual([]);
    },
  );

  test('advice, and the steps of diagnose, name no other provider', () => {
    for (const language of languages) expectOwnWords(provider, adviceTextsIn(language));
    expectOwnWords(provider, nextSteps(providerNames(provider)));
  });

  test('the entries are valid, and a cause of another provider is none', () => {
    expect(
      problemsIn(
        catalogue.map((entry) => entryOf(entry.id, provider) ?? entry),
        Date.UTC(2026, 10, 23),
      ),
    ).toEqual([]);
    const causes = issueIds.flatMap((id) => possibleCausesOf(id, provider)).map(({ id }) => id);
    for (const id of new Set(causes)) {
      const { providers } = issueOf(id) ?? {};
      expect(providers === undefined || providers.includes(provider), id).toBe(true);
    }
  });
});

describe('Entra', () => {
  test.each(['insufficient-join-permissions-silent', 'per-user-mfa-blocks-password-sync'])(
    'alone has the cause %s',
    (id) => {
      expect(entryOf(id)?.providers).toEqual(['entra']);
      expect(possibleCausesOf('psso-not-registered', 'entra').map((entry) => entry.id)).toContain(id);
      for (const provider of ['okta', 'other'] as const)
        expect(possibleCausesOf('psso-not-registered', provider).map((entry) => entry.id)).not.toContain(id);
    },
  );

  test('reports a problem with all steps of Company Portal', () => {
    expect(JSON.stringify(nextSteps(providerNames('entra')))).toContain(
      'In Company Portal choose Help > Send diagnostic report > Email logs.',
    );
    expect(JSON.stringify(entryOf('password-change-window-overdue'))).toContain('Email logs');
  });
});

test('a text without a known provider names none', () => {
  for (const issue of issueIds.filter(isNotifiable))
    for (const language of languages)
      expect(userText(issue, language)).toEqual(userText(issue, language, { provider: 'other' }));
});

describe('the identity provider of a Mac', () => {
  test.each([
    ['com.microsoft.CompanyPortalMac.ssoextension', null, 'entra'],
    ['com.okta.mobile.auth-service-extension', '5.2504.0', 'okta'],
    ['com.example.idp.extension', '5.2504.0', 'other'],
    [null, '5.2504.0', 'entra'],
    [null, null, 'other'],
    [null, undefined, 'other'],
  ])('of the extension %s, Company Portal %s: %s', (extension, portal, provider) => {
    expect(providerForTexts(identityProviderOf(extension), portal)).toBe(provider);
  });

  test.each([
    [{ 'identity-provider': 'okta', 'company-portal': '5.2504.0' }, 'okta'],
    [{ 'identity-provider': '', 'company-portal': '5.2504.0' }, 'entra'],
    [{ 'company-portal': '5.2504.0' }, 'entra'],
    [{ 'company-portal': 'not installed' }, 'other'],
    [{ 'identity-provider': 'of-a-later-version' }, 'other'],
    [{}, 'other'],
  ])('of the state %j: %s', (state: Readonly<Record<string, string>>, provider) => {
    expect(providerOfState((key) => state[key] ?? '')).toBe(provider);
  });
});
