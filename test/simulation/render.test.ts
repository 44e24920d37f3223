import { describe, expect, test } from 'vitest';
import { parsePlist } from '../../agent/mac/parse/plist.ts';
import { applyChange, initialMac, type MacChange } from '../../agent/mac/simulated/model.ts';
import { parseAppSso } from '../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { renderAppSso } from '../../agent/mac/sources/app-sso/simulated.ts';
import { parseSsoProfile } from '../../agent/mac/sources/sso-profile/parse-sso-profile.ts';
import { renderer as ssoProfile } from '../../agent/mac/sources/sso-profile/simulated.ts';
import { thumbprintItem } from '../../agent/mac/sources/workplace-join/redact-certificates.ts';
import { workplaceJoin } from '../../agent/mac/sources/workplace-join/source.ts';
import { read } from '../../agent/shared/reading.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';

const start = Date.parse('2026-04-25T09:03:41Z');
const hour = 3_600_000;

function mac(change: MacChange = {}, macos = '15.6') {
  return applyChange(initialMac({ start, macos, user: 'alex' }), change, start);
}

/** The sections as they were printed, each a JSON object or null. */
function sections(printed: string): Record<string, Record<string, unknown> | null> {
  const found: Record<string, Record<string, unknown> | null> = {};
  for (const [, name = '', body = ''] of printed.matchAll(
    /^(\w+) Configuration:\n (\(null\)|\{[\s\S]*?\n\})\n$/gm,
  )) {
    found[name] = body === '(null)' ? null : JSON.parse(body);
  }
  return found;
}

describe('app-sso platform -s of the simulated Mac', () => {
  test('is laid out as on a real Mac', () => {
    const printed = renderAppSso(mac(), start);
    expect(
      printed.startsWith('Time: 2026-04-25 09:03:41 +0000\n\nDevice Configuration:\n {\n  "_device'),
    ).toBe(true);
    expect(
      printed.endsWith(
        'SSO Tokens:\nReceived:\n2026-04-25T09:03:41Z\nExpiration:\n2026-05-09T09:03:40Z (Not Expired)\n\n',
      ),
    ).toBe(true);
    expect(printed).toContain('  "loginType" : "POLoginTypePassword (1)",\n');
    expect(printed).toContain('https://login.microsoftonline.com/');
    expect(printed).toContain('"upn" : "alex\\\\@contoso.example@KERBEROS.MICROSOFTONLINE.COM"');
  });

  test('has the extension that a scenario names, in app-sso and in the profile', async () => {
    const extensionIdentifier = 'com.okta.mobile.auth-service-extension';
    const okta = mac({ psso: { extensionIdentifier } });
    const printed = renderAppSso(okta, start);
    expect(parseAppSso(printed)).toMatchObject({
      status: 'registered',
      identityProvider: 'okta',
      extensionIdentifier,
      kerberos: [],
      warnings: [],
    });
    const file = ssoProfile.files?.(okta)[0]?.[1];
    if (!(file instanceof Uint8Array)) throw new Error('the profile is not binary');
    expect(parseSsoProfile(await parsePlist(file))).toMatchObject({
      extensionIdentifier,
      platformSso: true,
      missingKeys: [],
      wrongKeys: [],
    });
    expect(printed + Buffer.from(file).toString('latin1')).not.toMatch(/microsoft|\bMS\b/i);
  });

  test('prints its keys sorted, and the moment of the command in every section', () => {
    const { Device, Login, User } = sections(renderAppSso(mac(), start + hour));
    for (const section of [Device, Login, User]) {
      expect(section?.created).toBe('2026-04-25T10:03:41Z');
      const keys = Object.keys(section ?? {}).map((key) => key.toLowerCase());
      expect(keys).toEqual([...keys].sort());
    }
  });

  test.each([
    ['not configured', { psso: null }, ['Device', 'Login', 'User']],
    ['not registered', { psso: { registered: false, userPresent: false } }, ['Login', 'User']],
    ['a user who is not registered', { psso: { userPresent: false } }, ['User']],
    ['registered', {}, []],
  ] as const)('%s: the sections that are (null)', (_, change, empty) => {
    const printed = renderAppSso(mac(change), start);
    const found = sections(printed);
    expect(Object.keys(found).filter((name) => found[name] === null)).toEqual(empty);
    expect(printed.includes('SSO Tokens:')).toBe(empty.length === 0);
  });

  test('prints a certificate whose subject is the device id', () => {
    const deviceId = '11111111-2222-3333-4444-555555555555';
    expect(parseAppSso(renderAppSso(mac({ psso: { deviceId } }), start)).device?.deviceId).toBe(deviceId);
  });

  test.each([
    [0, 'POUserStateNormal (0)'],
    [2, 'POUserStateNeedsRegistration (2)'],
    [6, '(null) (6)'],
  ])('state %i is %s', (state, label) => {
    expect(sections(renderAppSso(mac({ psso: { state } }), start)).User?.state).toBe(label);
  });

  test('prints the keys of its method and of its macOS', () => {
    const user = (method: 'password' | 'secureEnclaveKey') =>
      Object.keys(sections(renderAppSso(mac({ psso: { method } }), start)).User ?? {});
    expect(user('password')).toContain('_credential');
    expect(user('secureEnclaveKey')).not.toContain('_credential');
    expect(user('secureEnclaveKey')).toContain('_sepKeyData');
    const device = (macos: string) => Object.keys(sections(renderAppSso(mac({}, macos), start)).Device ?? {});
    expect(device('26.0')).toContain('createUserLoginTypes');
    expect(device('15.6')).not.toContain('createUserLoginTypes');
    expect(device('14.7')).not.toContain('fileVaultPolicy');
  });

  test('tokens past their expiry are (Expired)', () => {
    const printed = renderAppSso(mac({ psso: { expiresAt: start + hour } }), start + 2 * hour);
    expect(printed).toContain('(Expired)');
  });
});

describe('the model', () => {
  test('moves expiry and last login with the tokens, as macOS does', () => {
    const { psso } = mac({ psso: { receivedAt: start + 4 * hour } });
    expect(psso?.lastLoginAt).toBe(start + 4 * hour);
    expect(psso?.expiresAt).toBe(start + 4 * hour + 14 * 24 * hour - 1000);
  });

  test('a repeated registration has other keys and another start', () => {
    const broken = applyChange(mac(), { psso: { registered: false } }, start + hour);
    const mended = applyChange(broken, { psso: { registered: true } }, start + 2 * hour);
    expect(mended.psso?.configuredAt).toBe(start + 2 * hour);
    const keys = (state: typeof mended) => sections(renderAppSso(state, start)).Device?._deviceSigningKeyData;
    expect(keys(mended)).not.toBe(keys(mac()));
  });

  test('an update of macOS restarts the Mac', () => {
    expect(applyChange(mac(), { macos: '15.7' }, start + hour).bootedAt).toBe(start + hour);
  });
});

test('each search of the keychain finds its own item in the text of a scenario', async () => {
  const virtual = new VirtualMac({ start, macos: '15.6', user: 'alex' });
  const leftovers = async () => await workplaceJoin.read(virtual);
  expect(await leftovers()).toEqual(read({ leftovers: [] }));
  virtual.apply({ workplaceJoin: { text: thumbprintItem('alex') } });
  expect(await leftovers()).toEqual(read({ leftovers: [{ kind: 'thumbprint', deviceId: null }] }));
  virtual.apply({ workplaceJoin: { text: certificateText } });
  expect(await leftovers()).toEqual(read({ leftovers: [{ kind: 'certificate', deviceId: null }] }));
});

const certificateText =
  'keychain: "login.keychain-db"\nattributes:\n    "issu"<blob>="MS-ORGANIZATION-ACCESS"\n';
