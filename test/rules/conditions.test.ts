import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionCompiler, longestCondition } from '../../agent/rules/rule-engine.ts';
import { ruleFields } from '../../agent/rules/rule-fields.ts';

const compile = conditionCompiler();
const mistakeOf = (source: string) => {
  const condition = compile(source);
  return condition.ok ? null : condition.mistake;
};

describe('a condition', () => {
  test.each([
    'psso.configured',
    'psso.method == "password" && tokens.ageMinutes > 60 * 24',
    '!(mdm.enrolled || profile.installed) ? true : mac.online',
    'versionAtLeast(mac.macos, "15.6") && companyPortal.version.startsWith("5.")',
    'psso.method in ["password", "smartCard"]',
    'profile.loginPolicy.lowerAscii().contains("require") || size(profile.extension) == 0',
    'minutesSince.macosUpdated < 60 && -account.failedLogins < 0',
  ])('%s is one', (source) => {
    expect(mistakeOf(source)).toBeNull();
  });

  test.each([
    ['psso.regstration == "none"', 'there is no field "psso.regstration" (did you mean psso.registration?)'],
    ['tokens.agMinutes > 5', '(did you mean tokens.ageMinutes?)'],
    ['sso.configured', '(did you mean psso.configured?)'],
    ['tokens', 'names tokens without a field, such as tokens.present'],
    ['registered', 'there is no field "registered"'],
    ['psso.method.foo', 'after something that is no field'],
    ['psso.configured == "yes"', 'no such overload: bool == string'],
    ['tokens.ageMinutes > "5"', 'no such overload: int > string'],
    ['tokens.ageMinutes', 'a value of the type int, not true or false'],
    ['psso.method == null', 'no text, no number'],
    ['psso.configured &&', 'at character'],
    ['', 'at character'],
    ['versionAtLest(mac.macos, "15")', '(did you mean versionAtLeast?)'],
    ['versionAtLeast(mac.macos, "newest")', '"newest" is no version'],
    ['versionAtLeast(mac.macos, 15)', 'overload'],
    ['mac.macos.startWith("15")', '(did you mean startsWith?)'],
  ])('%s is none: %s', (source, mistake) => {
    expect(mistakeOf(source)).toContain(mistake);
  });

  test.each([
    'mac.macos.matches("^(a+)+$")',
    '["a", "b"].all(x, x == "a")',
    '["a"].exists(x, ["b"].exists(y, x == y))',
    '[1, 2].map(x, x * 2) == [2, 4]',
    'has(psso.method)',
    'cel.bind(x, 1, x == 1)',
    'dyn(5) == "a"',
    'timestamp("2026-01-01T00:00:00Z") > timestamp(0)',
    '{"a": 1}["a"] == 1',
    'psso["method"] == "password"',
    '1 / 0 > 1',
    '5 % 2 == 1',
    'b"a" == b"a"',
    'mac.macos.split(".").size() > 1',
    'type(1) == int',
  ])('takes nothing whose time is not bounded by its length: %s', (source) => {
    expect(mistakeOf(source)).not.toBeNull();
  });

  test('names the sources that confirm it', () => {
    const condition = compile('!mac.fileVault && mdm.enrolled && minutesSince.restarted > 5');
    expect(condition).toMatchObject({ ok: true, sources: ['fileVault', 'enrollment'] });
  });

  test('has a limit of its length, its parts and its depth', () => {
    expect(mistakeOf(`mac.macos == "${'x'.repeat(longestCondition)}"`)).toContain('are the most');
    expect(mistakeOf(`true${' && true'.repeat(240)}`)).toContain('maxAstNodes');
    expect(mistakeOf(`${'('.repeat(100)}true${')'.repeat(100)}`)).toContain('maxDepth');
    expect(mistakeOf(`1 in [${'1,'.repeat(120)}1]`)).toContain('maxListElements');
    expect(mistakeOf('!'.repeat(1_900))).not.toBeNull();
  });

  test('never throws while it is compiled, whatever it is', () => {
    const word = fc.constantFrom(
      ...Object.keys(ruleFields),
      '&&',
      '||',
      '(',
      ')',
      '!',
      '"',
      '==',
      '.',
      '[',
      ',',
      '0x',
      "'",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (source) => {
        const condition = compile(source);
        if (!condition.ok) expect(condition.mistake).toMatch(/\S/);
      }),
    );
  });
});
