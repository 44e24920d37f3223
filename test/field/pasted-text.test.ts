import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';

/** Texts that people pasted, each with the right answer. */
function parse(source: string, file: string) {
  const { status, stdout } = cli(['parse', source, join(import.meta.dirname, file)]);
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

test('app-sso with the prefix of a management script on each line', () => {
  expect(parse('app-sso', 'app-sso-intune-prefix.txt')).toMatchObject({
    status: 'registered',
    observedAt: '2026-11-27T09:00:00Z',
    method: 'password',
    identityProvider: 'entra',
    device: { registrationCompleted: true, configuredAt: '2026-11-20T08:00:00Z' },
    user: { state: 0, lastLoginAt: '2026-11-27T08:00:00Z', hasLoginConfiguration: true },
    tokens: { receivedAt: '2026-11-27T08:00:00Z', expiresAt: '2026-12-11T07:59:59Z', expired: false },
    warnings: [],
  });
});

test('app-sso between <result> and </result>', () => {
  expect(parse('app-sso', 'app-sso-jamf-result.txt')).toMatchObject({
    status: 'registered',
    observedAt: '2026-11-27T09:00:00Z',
    tokens: { receivedAt: '2026-11-27T08:00:00Z', expiresAt: '2026-12-11T07:59:59Z', expired: false },
    warnings: [],
  });
});

test('app-sso of macOS 27 with OpenID', () => {
  expect(parse('app-sso', 'app-sso-openid-27.txt')).toMatchObject({
    status: 'registered',
    method: 'openId',
    device: { method: 'openId', methodLabel: 'POLoginTypeOpenID' },
    user: { method: 'openId', methodLabel: 'POLoginTypeOpenID' },
  });
});

test('app-sso with two methods', () => {
  expect(parse('app-sso', 'app-sso-two-methods.txt')).toMatchObject({
    status: 'registered',
    method: 'secureEnclaveKey',
    device: { method: 'password' },
    user: { method: 'secureEnclaveKey' },
    warnings: ['the sign-in methods of the device and the user differ'],
  });
});

test('one value of dscl -readpl', () => {
  expect(parse('account', 'account-readpl.txt')).toMatchObject({
    passwordLastSetAt: '2026-11-27T06:13:20.750Z',
    createdAt: null,
    warnings: [],
  });
});

test('a compact log with messages of newer macOS', () => {
  const { entries, counts } = parse('log', 'log-compact.txt');
  expect(entries.map((entry: { meaning: string }) => entry.meaning)).toEqual([
    'login-result',
    'account-not-registered',
    'registration-failed',
    'token-binding-owed',
    'user-registration-not-usable',
    'account-exempt',
  ]);
  expect(entries[4].result).toBe(8);
  expect(counts).toMatchObject({ recognised: 6, unfamiliar: 0, malformed: 0 });
});
