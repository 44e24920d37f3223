import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DetectorInput } from '../../agent/detect/detector.ts';
import { conditionCompiler } from '../../agent/rules/rule-engine.ts';
import { ruleFields } from '../../agent/rules/rule-fields.ts';
import { type Method, type SsoProfile, sourceNames } from '../../agent/shared/observation.ts';
import { failed } from '../../agent/shared/reading.ts';
import { hour } from '../../agent/shared/time.ts';
import { rulesPage } from '../../scripts/rules-page.ts';
import { healthyInput } from './healthy-input.ts';

let input: DetectorInput;
beforeAll(async () => {
  input = await healthyInput();
});

const without = (source: string): DetectorInput => ({
  ...input,
  facts: source === 'appSso' ? null : input.facts,
  observation: { ...input.observation, [source]: failed('timeout', 'a test') },
});

describe('the fields of a condition', () => {
  test('are flat, and have a value of their type on a healthy Mac', () => {
    const types = { text: 'string', number: 'number', 'yes or no': 'boolean' };
    for (const [path, { type, read }] of Object.entries(ruleFields)) {
      expect(path).toMatch(/^[a-zA-Z]+\.[a-zA-Z]+$/);
      const value = read(input);
      expect(typeof value, path).toBe(types[type]);
      if (typeof value === 'number') expect(Number.isSafeInteger(value), path).toBe(true);
    }
  });

  test.each(sourceNames)('are unknown without the reading that they name: %s', (source) => {
    for (const [path, field] of Object.entries(ruleFields))
      if (field.source === source) expect(field.read(without(source)), path).toBeNull();
  });

  test('a method of the profile that this version does not understand is unknown, and no missing one', () => {
    const { ssoProfile } = input.observation;
    if (!ssoProfile.ok || ssoProfile.value === null) throw new Error('the profile was not read');
    const { value } = ssoProfile;
    const methodOf = (method: Method) =>
      ruleFields['profile.method']?.read({
        ...input,
        observation: { ...input.observation, ssoProfile: { ok: true, value: { ...value, method } } },
      });
    expect([methodOf('password'), methodOf('none'), methodOf('unknown')]).toEqual(['password', '', null]);
  });

  test("a token that may stand in a user's file that can't be read is unknown, and no missing one", () => {
    const { ssoProfile } = input.observation;
    if (!ssoProfile.ok || ssoProfile.value === null) throw new Error('the profile was not read');
    const absent = { ...ssoProfile.value, registrationToken: 'absent' as const };
    const tokenOf = (value: SsoProfile) =>
      ruleFields['profile.registrationToken']?.read({
        ...input,
        observation: { ...input.observation, ssoProfile: { ok: true, value } },
      });
    expect(tokenOf(absent)).toBe('absent');
    expect(tokenOf({ ...absent, userChannelUnread: true })).toBeNull();
    expect(tokenOf({ ...absent, registrationToken: 'unresolved', userChannelUnread: true })).toBe(
      'unresolved',
    );
  });

  test('are each a condition that compiles, by the documented type', () => {
    const compile = conditionCompiler();
    const compared = { text: ' == "x"', number: ' > 1', 'yes or no': '' };
    for (const [path, { type }] of Object.entries(ruleFields))
      expect(compile(path + compared[type]), path).toMatchObject({ ok: true });
  });

  test('make a rule unknown when one of them is, also where the others decide', () => {
    const condition = conditionCompiler()('mac.online && mdm.enrolled');
    if (!condition.ok) throw new Error(condition.mistake);
    expect(condition.judge(input)).toMatchObject({ holds: true, unknown: [] });
    const offline = {
      ...input,
      observation: { ...input.observation, network: { ok: true, value: 'offline' } as const },
    };
    expect(condition.judge(offline).holds).toBe(false);
    expect(condition.judge(without('enrollment'))).toEqual({
      holds: 'unknown',
      values: { 'mac.online': true },
      unknown: ['mdm.enrolled'],
    });
    const unread = without('enrollment');
    const neither = {
      ...unread,
      observation: { ...unread.observation, network: offline.observation.network },
    };
    expect(condition.judge(neither).holds).toBe('unknown');
  });

  test('a number that is too large makes it unknown, and no error', () => {
    const huge = conditionCompiler()('tokens.ageMinutes * 9223372036854775807 * 9223372036854775807 > 1');
    if (!huge.ok) throw new Error(huge.mistake);
    const old = { ...input, now: input.now + hour };
    expect(huge.judge(old).holds).toBe('unknown');
    expect(huge.judge(old).unknown).toHaveLength(1);
  });

  test('docs/admin/rules.md has all of them (else: npm run document)', () => {
    const page = readFileSync(fileURLToPath(new URL('../../docs/admin/rules.md', import.meta.url)), 'utf8');
    expect(page).toBe(rulesPage());
    for (const path of Object.keys(ruleFields)) expect(page).toContain(`| \`${path}\` |`);
  });
});
