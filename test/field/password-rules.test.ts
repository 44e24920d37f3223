import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAccount } from '../../agent/mac/sources/account/parse-account.ts';
import { parsePasswordPolicy } from '../../agent/mac/sources/password-policy/parse-password-policy.ts';
import { effectivePasswordPolicy } from '../../agent/shared/effective-password-policy.ts';
import { compareWithIdp, entraFloor } from '../../agent/shared/idp-password-policy.ts';
import { failed, read } from '../../agent/shared/reading.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { openReader } from '../../agent/store/reader.ts';
import { cli } from '../helpers/cli.ts';
import { replayInto } from '../helpers/replay-into.ts';
import { matches, ofContent } from '../mac/sources/password-policy/policy-text.ts';

const custom = 'ProfilePayload:AAAAAAAA-0000-4000-8000-AAAAAAAAAAAA:customRegex';
const mayRefuse = `A password rule can't be compared with the identity provider's: ${custom}. It may refuse a work password.`;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-field-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function text(name: string): string {
  return readFileSync(file(name), 'utf8');
}

async function replayed(name: string): Promise<string> {
  const data = join(folder, name);
  await replayInto(data, file(`${name}.ndjson`));
  return data;
}

function eventsOf(data: string) {
  const reader = openReader({ path: join(data, 'events.db') });
  const events = reader.events({}).map((event) => ({ ...event, detail: JSON.parse(event.detail) }));
  reader.close();
  return events;
}

describe('a rule of macOS itself', () => {
  test('pwpolicy-stock-blank-or-four: is not perhaps stricter', () => {
    expect(parsePasswordPolicy(text('pwpolicy-stock-blank-or-four.txt'))).toMatchObject({
      minLength: 4,
      stricterThanIdp: false,
      stricter: [],
      unknownRules: [],
    });
  });

  test.each(['^$|.{4,}', '.{4,}|^$', '^(?:|.{4,})$', '^(^$|.{4,}+)$', '()|.{4,}'])(
    'allows a blank password beside four characters: %s',
    (expression) => {
      expect(ofContent({ content: matches(expression) })).toMatchObject({ minLength: 4, unknownRules: [] });
    },
  );

  test.each(['^$', '^$|', '.{4,}|.{8,}', '^$|(foo)'])('does not guess at %s', (expression) => {
    expect(ofContent({ content: matches(expression) })).toMatchObject({
      stricterThanIdp: null,
      minLength: null,
    });
  });
});

describe('kinds of characters', () => {
  test('pwpolicy-ddm-lookahead: a single look-ahead each for a capital and a small letter', () => {
    const policy = parsePasswordPolicy(text('pwpolicy-ddm-lookahead.txt'));
    expect(policy.rules.map(({ kind, value }) => [kind, value])).toEqual([
      ['minUppercase', 1],
      ['minLowercase', 1],
    ]);
    expect(policy.stricterThanIdp).toBe(true);
  });

  const [a, b, c, d] = ['(?=.*[a-z])', '(?=.*[A-Z])', '(?=.*[0-9])', '(?=.*[^a-zA-Z0-9])'];
  const threeOfFour = [
    `^(?:${a}${b}${c}|${a}${b}${d}|${a}${c}${d}|${b}${c}${d}).{8,}$`,
    `(${a}${b}${c}|${b}${a}${d}|${d}${a}${c}|${b}${c}${d}).{8,}+`,
    `^${a}${b}${c}.{8,}$|^${a}${b}${d}.{8,}$|^${a}${c}${d}.{8,}$|^${b}${c}${d}.{8,}$`,
    String.raw`^(?:(?=.*[a-z])(?:(?=.*[A-Z])(?=.*[\\d\\W])|(?=.*\\W)(?=.*\\d))|(?=.*\\W)(?=.*[A-Z])(?=.*\\d)).{8,}$`,
    String.raw`^(?:(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\\D*\\d)|${a}${b}${d}|${a}${c}${d}|${b}${c}${d}).{8,}$`,
  ];
  test.each(threeOfFour)("any three of four are Entra's own rule: %s", (expression) => {
    const policy = ofContent({ content: matches(expression) });
    expect(policy.rules.map(({ kind, value }) => [kind, value])).toEqual([
      ['minLetters', 1],
      ['minLength', 8],
    ]);
    expect(policy).toMatchObject({ stricterThanIdp: false, unknownRules: [], minLength: 8 });
    for (const [classesRequired, stricter] of [
      [2, true],
      [4, false],
    ] as const)
      expect(compareWithIdp(policy.rules, { ...entraFloor, classesRequired }).stricterThanIdp).toBe(stricter);
  });

  test('the length beside three of four counts', () => {
    const policy = ofContent({
      content: matches(`^(?:${a}${b}${c}|${a}${b}${d}|${a}${c}${d}|${b}${c}${d}).{12,}$`),
    });
    expect(policy).toMatchObject({ stricterThanIdp: true, stricter: ['minLength'], minLength: 12 });
  });

  test.each([
    // One of the four alternatives is missing, so a password with three kinds may not fit.
    `^(?:${a}${b}${c}|${a}${b}${d}|${a}${c}${d}).{8,}$`,
    // Some symbols only: others are refused.
    `^(?:${a}${b}${c}|${a}${b}(?=.*[!@#])|${a}${c}(?=.*[!@#])|${b}${c}(?=.*[!@#])).{8,}$`,
    // Two lengths.
    `^${a}${b}${c}.{8,}$|^${a}${b}${d}.{9,}$|^${a}${c}${d}.{8,}$|^${b}${c}${d}.{8,}$`,
    // Nothing swallows the password.
    `^(?:${a}${b}${c}|${a}${b}${d}|${a}${c}${d}|${b}${c}${d})$`,
    `^(?:${a}${b}${c}|${a}${b}${d}|${a}${c}${d}|${b}${c}${d})(?!.*foo).{8,}$`,
  ])('what only looks like three of four is not understood: %s', (expression) => {
    expect(ofContent({ content: matches(expression) })).toMatchObject({
      stricterThanIdp: null,
      stricter: [],
    });
  });
});

describe("the account's own policies", () => {
  const account = text('account-own-policy.txt');

  test('account-own-policy: are read', () => {
    const { ownPasswordPolicy: own, warnings } = parseAccount(account);
    expect(own?.rules.map(({ kind, value }) => [kind, value])).toEqual([
      ['maxAgeDays', 60],
      ['minLength', 14],
    ]);
    expect(own).toMatchObject({ minLength: 14, stricterThanIdp: true });
    expect(warnings).toEqual([]);
    const printed = JSON.parse(cli(['parse', 'account', file('account-own-policy.txt'), '--json']).stdout);
    expect(printed.ownPasswordPolicy.minLength).toBe(14);
  });

  test('count beside those of the Mac, and are unknown while the account is not read', () => {
    const stock = read(parsePasswordPolicy(text('pwpolicy-stock-blank-or-four.txt')));
    const both = effectivePasswordPolicy({ passwordPolicy: stock, account: read(parseAccount(account)) });
    expect(both).toMatchObject({
      stricterThanIdp: true,
      minLength: 14,
      stricter: ['maxAgeDays', 'minLength'],
    });
    const unread = effectivePasswordPolicy({
      passwordPolicy: stock,
      account: failed('timeout', 'no answer'),
    });
    expect(unread?.stricterThanIdp).toBeNull();
  });

  test('stand in the record that the agent reads', () => {
    const sysroot = join(folder, 'own');
    installSysroot(sysroot);
    const dscl = join(sysroot, '/usr/bin/dscl');
    mkdirSync(dirname(dscl), { recursive: true });
    rmSync(dscl, { force: true });
    writeFileSync(dscl, `#!/bin/sh\ncat <<'END'\n${account}\nEND\n`, { mode: 0o755 });
    const data = join(folder, 'own-data');
    const args = ['--sysroot', sysroot, '--data-dir', data];
    const once = JSON.parse(cli(['once', '--json', ...args]).stdout);
    expect(once.observation.account.value.ownPasswordPolicy.minLength).toBe(14);
  });
});

describe('an expression that is not understood', () => {
  test('pwpolicy-upper-then-lower: has a name', () => {
    expect(parsePasswordPolicy(text('pwpolicy-upper-then-lower.txt'))).toMatchObject({
      rules: [{ kind: 'custom' }],
      stricterThanIdp: null,
      unknownRules: [custom],
    });
  });

  test('pwpolicy-upper-then-lower: is named by doctor', () => {
    const sysroot = join(folder, 'doctor');
    const mac = installSysroot(sysroot);
    mac.apply({ passwordPolicy: { text: text('pwpolicy-upper-then-lower.txt') } });
    const { stdout } = cli(['doctor', '--sysroot', sysroot, '--data-dir', join(folder, 'doctor-data')]);
    expect(stdout).toContain(mayRefuse);
  });

  test('policy-custom-overdue: is a possible cause, and named by status and explain', async () => {
    const data = await replayed('policy-custom-overdue');
    const opened = eventsOf(data).find(
      ({ kind, issue }) => kind === 'issue-opened' && issue === 'password-change-window-overdue',
    );
    expect(opened?.detail).toMatchObject({
      possibleCauses: ['passcode-policy-complexity-mismatch', 'per-user-mfa-blocks-password-sync'],
      rulesNotCompared: [custom],
    });
    expect(eventsOf(data).some(({ issue }) => issue === 'passcode-policy-complexity-mismatch')).toBe(false);
    expect(cli(['status', '--data-dir', data]).stdout).toContain(mayRefuse);
    for (const issue of ['password-change-window-overdue', 'passcode-policy-complexity-mismatch'])
      expect(cli(['explain', issue, '--data-dir', data]).stdout).toContain(mayRefuse);
  });

  test('policy-known-then-unknown: does not end the issue, which then says what is unknown', async () => {
    const data = await replayed('policy-known-then-unknown');
    const events = eventsOf(data);
    const changed = events.filter(({ kind }) => kind === 'policy-changed');
    expect(changed.map(({ summary }) => summary)).toEqual([`The Mac's password rules changed. ${mayRefuse}`]);
    const mismatch = events.filter(({ issue }) => issue === 'passcode-policy-complexity-mismatch');
    expect(mismatch.map(({ kind }) => kind)).toEqual(['issue-opened', 'issue-updated']);
    expect(mismatch[1]?.summary).toBe(
      `Whether the Mac's password rules are still stricter is unknown. ${mayRefuse}`,
    );
    expect(mismatch[1]?.detail).toMatchObject({ stricter: [], rules: [], rulesNotCompared: [custom] });
  });
});
