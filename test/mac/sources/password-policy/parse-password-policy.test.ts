import { describe, expect, it } from 'vitest';
import { parsePasswordPolicy } from '../../../../agent/mac/sources/password-policy/parse-password-policy.ts';
import { entraFloor } from '../../../../agent/shared/idp-password-policy.ts';
import { byProfile, type Entry, matches, ofContent, policyText } from './policy-text.ts';

function kindsOf(expression: string) {
  return ofContent({ content: matches(expression), identifier: 'a rule' }).rules.map(({ kind, value }) => [
    kind,
    value,
  ]);
}

describe('the recognition of a rule', () => {
  it.each([
    ['[^a-zA-Z]'],
    ['[^a-z0-9]'],
    ['[^A-Z0-9]'],
    ['[^a-z]'],
    ['[^A-Z]'],
    ['[^0-9]'],
    ['[^a-zA-Z0-9!]'],
    ['[^!]'],
  ])('takes no other negated class for symbols: %s', (shape) => {
    expect(kindsOf(`(.*${shape}.*){1,}`)).toEqual([['custom', true]]);
  });

  it.each<[string, Record<string, number>, unknown]>([
    ['allowSimple', {}, ['noRepeatsOrSequences', true]],
    ['requireAlphanumeric', {}, ['alphanumeric', true]],
    ['minLength', { minimumLength: 12 }, ['minLength', 12]],
    ['minComplexChars', { minimumSymbols: 2 }, ['minSymbols', 2]],
    ['pinHistory', {}, ['history', true]],
    ['pinHistory', { policyAttributePasswordHistoryDepth: 5 }, ['history', 5]],
    ['maxPINAgeInDays', { policyAttributeExpiresEveryNDays: 90 }, ['maxAgeDays', 90]],
    ['changeAtNextAuth', {}, ['changeAtNextLogin', true]],
    ['maxFailedAttempts', { policyAttributeMaximumFailedAuthentications: 6 }, ['maxFailedAttempts', 6]],
    ['minutesUntilFailedLoginReset', {}, ['maxFailedAttempts', true]],
    ['customRegex', {}, ['custom', true]],
    ['somethingNew', {}, ['custom', true]],
  ])('knows the key %s of a payload where the predicate is a later one', (key, parameters, rule) => {
    const entry = { content: 'policyAttributeOfALaterMacOS == 1', identifier: byProfile(key), parameters };
    expect(ofContent(entry).rules.map(({ kind, value }) => [kind, value])).toEqual([rule]);
  });

  it.each([
    ['.{8,}', [['minLength', 8]]],
    ['.{12,}+', [['minLength', 12]]],
    ['^.{10,}$', [['minLength', 10]]],
    [
      '.{8,64}',
      [
        ['minLength', 8],
        ['maxLength', 64],
      ],
    ],
    ['(.*[A-Z].*){1,}+', [['minUppercase', 1]]],
    ['(.*[a-z].*){2,}+', [['minLowercase', 2]]],
    ['(.*[0-9].*){3,}+', [['minDigits', 3]]],
    ['(.*\\\\d.*){1,}', [['minDigits', 1]]],
    ['(.*[a-zA-Z].*){1,}', [['minLetters', 1]]],
    ['(.*[^a-zA-Z0-9].*){2,}', [['minSymbols', 2]]],
    ['(.*[^A-Za-z0-9].*){1,}+', [['minSymbols', 1]]],
    ['(.*[!@#$%].*){1,}', [['minSymbols', 1]]],
    ['.*[A-Z].*', [['minUppercase', 1]]],
    ['^(?=.*[0-9])(?=.*[a-zA-Z]).+', [['alphanumeric', true]]],
    [
      '^(?=.*[0-9])(?=.*[a-zA-Z]).{14,}$',
      [
        ['alphanumeric', true],
        ['minLength', 14],
      ],
    ],
    [
      '^(?=.*[A-Z])(?=.*[^a-zA-Z0-9]).*$',
      [
        ['minUppercase', 1],
        ['minSymbols', 1],
      ],
    ],
  ])('recognises %s by its shape', (expression, rules) => {
    expect(kindsOf(expression)).toEqual(rules);
  });

  it.each([
    '^(?!.*password).*$',
    '[A-Z]{2,}',
    '([A-Z]){2,}',
    '(.*[A-Z]){1,}',
    '.*[a-f].*',
    '(a+)+$',
    '.{8,}|.{2,}',
    // No password has no width.
    '(?=.*[a-zA-Z])',
    '^(?=.*[A-Z])(?=.*[0-9])$',
    // The characters are optional.
    '.*[A-Z]?.*',
    '^(?=.*[0-9]?).*$',
    `.{8,}${'x'.repeat(500)}`,
  ])('does not guess at %s', (expression) => {
    expect(kindsOf(expression)).toEqual([['custom', true]]);
  });

  it('never evaluates an untrusted expression', () => {
    const bomb = `(${'\\\\'.repeat(90)}+)+$`;
    expect(kindsOf(`(.*[${'\\\\'.repeat(60)}x].*){1,}`)).toEqual([['custom', true]]);
    expect(kindsOf(bomb)).toEqual([['custom', true]]);
  });

  it('takes comparisons joined by "and" one by one, and does not understand "or" and "not"', () => {
    const long = matches('.{9,}');
    const upper = matches('(.*[A-Z].*){1,}');
    expect(ofContent({ content: `${long} and (${upper})` }).rules.map((rule) => rule.kind)).toEqual([
      'minLength',
      'minUppercase',
    ]);
    expect(ofContent({ content: `${long} or ${upper}` }).unknownRules).toHaveLength(1);
    expect(ofContent({ content: `not ${long}` }).unknownRules).toHaveLength(1);
  });

  it('recognises repeats and sequences, lockout, age, history and a forced change', () => {
    const { rules, unknownRules } = parsePasswordPolicy(
      policyText({
        authentication: [
          {
            content:
              '(policyAttributeFailedAuthentications < policyAttributeMaximumFailedAuthentications) OR (policyAttributeCurrentTime > (policyAttributeLastFailedAuthenticationTime + autoEnableInSeconds))',
            identifier: byProfile('minutesUntilFailedLoginReset'),
            parameters: { autoEnableInSeconds: 900, policyAttributeMaximumFailedAuthentications: 5 },
          },
        ],
        content: [
          {
            content:
              '(policyAttributeSequentialCharacters < policyAttributeMaximumSequentialCharacters) and (policyAttributeConsecutiveCharacters < policyAttributeMaximumConsecutiveCharacters)',
            identifier: byProfile('allowSimple'),
          },
          {
            content: 'none policyAttributePasswordHashes in policyAttributePasswordHistory',
            identifier: byProfile('pinHistory'),
            parameters: { policyAttributePasswordHistoryDepth: 15 },
          },
        ],
        change: [
          {
            content:
              'policyAttributeCurrentTime > policyAttributeLastPasswordChangeTime + (policyAttributeExpiresEveryNDays * 24 * 60 * 60)',
            parameters: { policyAttributeExpiresEveryNDays: 90 },
          },
          {
            content:
              'policyAttributeLastPasswordChangeTime < policyAttributeCurrentTime - (policyAttributeMinimumLifetimeHours * 60 * 60)',
            parameters: { policyAttributeMinimumLifetimeHours: 24 },
          },
          { content: 'policyAttributeLastPasswordChangeTime < policyAttributeNewPasswordRequiredTime' },
        ],
      }),
    );
    expect(rules.map(({ kind, value, category, source }) => [kind, value, category, source])).toEqual([
      ['maxFailedAttempts', 5, 'authentication', 'profile'],
      ['lockoutSeconds', 900, 'authentication', 'profile'],
      ['noRepeatsOrSequences', true, 'content', 'profile'],
      ['history', 15, 'content', 'profile'],
      ['maxAgeDays', 90, 'change', 'local'],
      ['minAgeDays', 1, 'change', 'local'],
      ['changeAtNextLogin', true, 'change', 'local'],
    ]);
    expect(unknownRules).toEqual([]);
  });

  it('falls back to the name of the payload key, then to the parameters', () => {
    const strange = matches('\\\\p{Lu}');
    const { rules } = ofContent(
      { content: strange, identifier: byProfile('requireAlphanumeric') },
      {
        content: strange,
        identifier: 'site rule',
        parameters: { minimumLength: 11, minimumAlphaCharacters: 2 },
      },
      { content: strange, identifier: byProfile('customRegex'), parameters: { minimumLength: 2 } },
    );
    expect(rules.map(({ kind, value }) => [kind, value])).toEqual([
      ['alphanumeric', true],
      ['minLength', 11],
      ['minLetters', 2],
      ['custom', true],
      ['custom', true],
    ]);
  });

  it('is not settled by the parameters of an expression that is not understood', () => {
    const { stricterThanIdp, unknownRules, minLength } = ofContent({
      content: matches('.*[A-Z]{1,}[a-z]{1,}.*'),
      identifier: 'site rule',
      parameters: { minimumLength: 4 },
    });
    expect({ stricterThanIdp, unknownRules, minLength }).toEqual({
      stricterThanIdp: null,
      unknownRules: ['site rule'],
      minLength: 4,
    });
  });

  it('says of every rule whether a profile set it', () => {
    const { rules } = ofContent(
      { content: matches('.{7,}'), identifier: byProfile('minLength') },
      { content: matches('.{4,}+'), identifier: 'com.apple.defaultpasswordpolicy.fde' },
      { content: matches('.{5,}'), identifier: 'NotAProfilePayload:x:minLength' },
      { content: matches('.{6,}') },
    );
    expect(rules.map(({ source, identifier }) => [source, identifier])).toEqual([
      ['profile', byProfile('minLength')],
      ['local', 'com.apple.defaultpasswordpolicy.fde'],
      ['local', 'NotAProfilePayload:x:minLength'],
      ['local', null],
    ]);
  });

  it('names what it does not understand, shortened and without control characters', () => {
    const { unknownRules } = ofContent(
      { content: 'policyAttributeMoonPhase == 3', identifier: 'moon\u009brule\u202e' },
      { content: `policyAttributeMoonPhase == ${'9'.repeat(300)}` },
    );
    expect(unknownRules[0]).toBe('moon rule');
    expect(unknownRules[1]).toMatch(/^policyAttributeMoonPhase == 9+…$/);
    expect(unknownRules[1]?.length).toBeLessThanOrEqual(100);
  });
});

describe('a text with two outputs', () => {
  const stock = policyText({ content: [{ content: matches('.{4,}') }] });
  const strict = policyText({ content: [{ content: matches('.{15,}') }] });

  it.each([
    ['the same twice', `${stock}${stock}`, false],
    ['rules of an account behind those of the Mac', `${stock}${strict}`, null],
    ['stricter ones first', `${strict}${stock}`, true],
  ])('%s: stricter %s', (_, text, stricterThanIdp) => {
    const policy = parsePasswordPolicy(text);
    expect(policy).toMatchObject({ stricterThanIdp, unknownRules: [] });
    expect(policy.warnings).toEqual([
      'There is a second property list after the first; only the first counts.',
    ]);
  });
});

describe('compared with what Entra guarantees', () => {
  it.each<[string, boolean]>([
    ['.{8,}', false],
    ['.{9,}', true],
    ['(.*[^a-zA-Z0-9].*){1,}', true],
    ['(.*[^a-zA-Z0-9].*){0,}', false],
    ['(.*[A-Z].*){1,}', true],
    ['(.*[a-z].*){1,}', true],
    ['(.*[0-9].*){1,}', true],
    ['(.*[a-zA-Z].*){1,}', false],
    ['(.*[a-zA-Z].*){2,}', true],
    ['^(?=.*[0-9])(?=.*[a-zA-Z]).+', true],
    ['.{1,20}', true],
  ])('%s is stricter: %s', (expression, stricter) => {
    expect(ofContent({ content: matches(expression) }).stricterThanIdp).toBe(stricter);
  });

  it('the stock rule of macOS is a plain length of 4', () => {
    const policy = ofContent({
      content: matches('.{4,}+'),
      identifier: 'com.apple.defaultpasswordpolicy.fde',
    });
    expect(policy).toMatchObject({ minLength: 4, stricterThanIdp: false, stricter: [], unknownRules: [] });
  });

  it('takes the largest of several lengths', () => {
    const lengths = ['.{4,}+', '.{14,}', '.{8,}'].map((expression) => ({ content: matches(expression) }));
    expect(ofContent(...lengths)).toMatchObject({ minLength: 14, stricter: ['minLength'] });
  });

  it('history is stricter beyond the one password that Entra refuses; a lockout never is', () => {
    const history = (depth: number): Entry => ({
      content: 'none policyAttributePasswordHashes in policyAttributePasswordHistory',
      parameters: { policyAttributePasswordHistoryDepth: depth },
    });
    expect(ofContent(history(1)).stricterThanIdp).toBe(false);
    expect(ofContent(history(2)).stricter).toEqual(['history']);
    const lockout = { content: 'policyAttributeFailedAuthentications < 3' };
    expect(parsePasswordPolicy(policyText({ authentication: [lockout] })).stricterThanIdp).toBe(false);
  });

  it('does not call a policy with an unknown rule fine, and calls it stricter if another rule is', () => {
    const unknown = { content: matches('(foo|bar)'), identifier: byProfile('customRegex') };
    expect(ofContent(unknown, { content: matches('.{8,}') }).stricterThanIdp).toBeNull();
    expect(ofContent(unknown, { content: matches('.{10,}') })).toMatchObject({
      stricterThanIdp: true,
      stricter: ['minLength'],
      unknownRules: [byProfile('customRegex')],
    });
  });

  it('another identity provider has another floor', () => {
    const text = policyText({
      content: [{ content: matches('.{12,}') }, { content: matches('(.*[^a-zA-Z0-9].*){1,}') }],
    });
    const strict = { ...entraFloor, minimumLength: 12, symbolRequired: true };
    expect(parsePasswordPolicy(text, strict).stricterThanIdp).toBe(false);
    const upper = policyText({ content: [{ content: matches('(.*[A-Z].*){1,}') }] });
    expect(parsePasswordPolicy(upper, { ...entraFloor, classesRequired: 4 }).stricterThanIdp).toBe(false);
  });
});
