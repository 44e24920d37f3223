import { describe, expect, test } from 'vitest';
import {
  largestEntry,
  mostIssues,
  mostMistakes,
  mostRules,
  ownIssues,
} from '../../agent/rules/own-issues.ts';
import { languages } from '../../agent/shared/languages.ts';
import { healthyInput } from './healthy-input.ts';

const read = (entries: Record<string, unknown>) => ownIssues([{ place: 'Issues', entries }]);
const mistakes = async (entries: Record<string, unknown>) => (await read(entries)).mistakes;
const rule = { When: 'psso.configured', Title: 'A rule' };

describe('the setting Issues', () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      'a misspelt id',
      { 'sso-token-expired': {} },
      'sso-token-expired: there is no such issue (did you mean sso-tokens-expired?).',
    ],
    [
      'an id of nothing',
      { nonsense: {} },
      'nonsense: there is no such issue; `psso-monitor catalogue` lists all.',
    ],
    ['an issue that is not detected', { 'registration-prompt-closed': {} }, 'does not detect this issue'],
    [
      'a misspelt field',
      { 'sso-tokens-expired': { Titel: 'x' } },
      'there is no field "Titel" (did you mean Title?).',
    ],
    [
      'another field',
      { 'sso-tokens-expired': { Colour: 'x' } },
      'there is no field "Colour"; the fields are Enabled, Severity,',
    ],
    [
      'a misspelt severity',
      { 'sso-tokens-expired': { Severity: 'hihg' } },
      'Severity must be info, low, medium or high (did you mean high?)',
    ],
    ['a misspelt cadence', { 'sso-tokens-expired': { Cadence: 'dayly' } }, '(did you mean daily?)'],
    ['a text as a switch', { 'sso-tokens-expired': { Enabled: 'no' } }, 'Enabled must be true or false'],
    [
      'a long title',
      { 'sso-tokens-expired': { Title: 'x'.repeat(61) } },
      'Title has 61 characters; 60 are the most',
    ],
    [
      'two lines',
      { 'sso-tokens-expired': { Text: 'a\nb' } },
      'Text must be one line without control characters',
    ],
    [
      'another language',
      { 'sso-tokens-expired': { Title: { xx: 'x' } } },
      `Title has no language "xx"; the languages are ${languages.join(', ')}`,
    ],
    ['steps as a text', { 'sso-tokens-expired': { Steps: 'x' } }, 'Steps must be a list of 1 to 10 texts'],
    [
      'a step that is none',
      { 'sso-tokens-expired': { Steps: { de: ['x', 5] } } },
      'Steps in de has a step that must be a text',
    ],
    [
      'a link of another scheme',
      { 'sso-tokens-expired': { Link: 'file:///etc/passwd' } },
      'a link of the scheme file, which is refused',
    ],
    [
      'words for the admin’s issue',
      { 'company-portal-too-old': { Title: 'x' } },
      'no user reads of this issue, so Title has no effect',
    ],
    [
      'a condition for another issue',
      { 'sso-tokens-expired': { When: 'true' } },
      'When belongs to own issues only (org-…)',
    ],
    ['a rule without its prefix', { 'our-rule': rule }, 'the id of an own issue begins with org-'],
    ['a rule with another id', { 'org-Our_Rule': rule }, 'small letters, digits and single hyphens'],
    ['a rule without a condition', { 'org-x': { Title: 'x' } }, 'it has no condition (When); it is skipped'],
    ['a rule without a title', { 'org-x': { When: 'true' } }, 'it has no Title; it is skipped'],
    [
      'a type error',
      { 'org-x': { ...rule, When: 'psso.configured == "yes"' } },
      'the condition is not valid: no such overload',
    ],
    [
      'an endless condition',
      { 'org-x': { ...rule, When: 'mac.macos.matches("^(a+)+$")' } },
      'no text function "matches"',
    ],
    ['a huge condition', { 'org-x': { ...rule, When: 'x'.repeat(3_000) } }, '2000 are the most'],
    ['words that only a user reads', { 'org-x': { ...rule, Text: 'x' } }, 'with Audience user only'],
    ['no dictionary', { 'org-x': 'psso.configured' }, 'must be a dictionary of fields'],
    ['a huge entry', { 'org-x': { ...rule, When: 'x'.repeat(largestEntry) } }, 'more than 16384 characters'],
  ])('names %s', async (_, entries, mistake) => {
    expect(await mistakes(entries)).toEqual([expect.stringContaining(mistake)]);
  });

  test('costs one field or one rule, and never the others', async () => {
    const { changes, own } = await read({
      'org-bad': { When: 'foo', Title: 'x' },
      'org-good': rule,
      'sso-tokens-expired': { Severity: 'none', Title: 'A title' },
    });
    expect(own.map(({ id }) => id)).toEqual(['org-good']);
    expect(changes['sso-tokens-expired']).toMatchObject({ severity: null, title: { any: 'A title' } });
  });

  test('has a limit of entries and of rules', async () => {
    const many = (count: number, entry: object, prefix: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, entry]));
    const rules = await read(many(mostRules + 1, rule, 'org-'));
    expect(rules.own).toHaveLength(mostRules);
    expect(rules.mistakes).toEqual([expect.stringContaining(`more than ${mostRules} rules`)]);
    const entries = await read(many(mostIssues + 5, {}, 'x'));
    expect(entries.mistakes).toHaveLength(mostMistakes + 1);
    expect(entries.mistakes.at(-1)).toBe('There are 71 more mistakes in what is set for issues.');
    const changes = await read(many(mostIssues + 5, { ...rule, Enabled: false }, 'org-x'));
    expect(changes.mistakes).toEqual(['There are 105 entries for issues; the first 100 count.']);
  });

  test('takes no more time for a huge name', async () => {
    const huge = 'x'.repeat(5_000_000);
    const { mistakes: found } = await read({
      [huge]: {},
      'sso-tokens-expired': { ['T'.repeat(16_000)]: 'x' },
    });
    expect(found).toHaveLength(2);
    for (const mistake of found) expect(mistake.length).toBeLessThan(400);
  });

  test.each([
    ['in English where there is one', { fr: 'Une règle', en: 'A rule' }, 'A rule.'],
    ['in another language where English is missing', { fr: 'Une règle' }, 'Une règle.'],
  ])('names a rule %s', async (_where, title, summary) => {
    const { own } = await read({ 'org-x': { When: 'psso.configured', Title: title } });
    expect(own[0]?.detect?.(await healthyInput())).toMatchObject({ summary });
  });

  test('counts before a file, by id', async () => {
    const { own, changes } = await ownIssues([
      { place: 'Issues', entries: { 'org-x': { ...rule, Title: 'of the setting' } } },
      { place: 'a.json', entries: { 'org-x': { ...rule, Title: 'of the file' }, 'org-y': rule } },
    ]);
    expect(own.map(({ id }) => id)).toEqual(['org-x', 'org-y']);
    expect(changes['org-x']?.title).toEqual({ any: 'of the setting' });
  });

  test('takes no id that is a name of the language', async () => {
    const { changes, mistakes: found } = await read(
      JSON.parse('{"__proto__": {"Severity": "high"}, "constructor": {}}'),
    );
    expect(Object.keys(changes)).toEqual([]);
    expect(found).toHaveLength(2);
  });
});
