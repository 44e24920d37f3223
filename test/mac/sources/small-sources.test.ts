import { build, buildBinary } from 'plist';
import { describe, expect, it } from 'vitest';
import { parseBundleVersion } from '../../../agent/mac/parse/bundle-version.ts';
import { largestPlist, parsePlist } from '../../../agent/mac/parse/plist.ts';
import { PlistError } from '../../../agent/mac/parse/plist-xml.ts';
import { parseEnrollment } from '../../../agent/mac/sources/enrollment/parse-enrollment.ts';
import { parseFocus } from '../../../agent/mac/sources/focus/parse-focus.ts';
import { parseVersion } from '../../../agent/mac/sources/macos/parse-version.ts';
import { parseNetwork } from '../../../agent/mac/sources/network/parse-network.ts';
import { parsePower } from '../../../agent/mac/sources/power/parse-power.ts';
import { parseSsoProfile } from '../../../agent/mac/sources/sso-profile/parse-sso-profile.ts';
import {
  parseCertificates,
  parseThumbprint,
} from '../../../agent/mac/sources/workplace-join/parse-leftovers.ts';

describe('power: sysctl', () => {
  it('reads the three times; zero is not since the start', () => {
    expect(
      parsePower(
        'kern.boottime: { sec = 1750000000, usec = 250999 } Sun Jun 15 15:06:40 2025\nkern.sleeptime: { sec = 1750003600, usec = 0 } Sun Jun 15 16:06:40 2025\nkern.waketime: { sec = 0, usec = 0 } Thu Jan  1 00:00:00 1970\n',
      ),
    ).toEqual({ bootedAt: '2025-06-15T15:06:40.250Z', sleptAt: '2025-06-15T16:06:40Z', wokeAt: null });
  });

  it('reads which start of the Mac it is, and takes no other text for it', () => {
    const boot = 'kern.boottime: { sec = 1750000000, usec = 0 } x\n';
    const uuid = '5E6FFEBE-0B2C-4F7A-9D1E-3C4B5A697887';
    expect(parsePower(`${boot}kern.bootsessionuuid: ${uuid}\n`)?.bootSession).toBe(uuid);
    expect(parsePower(`${boot}kern.bootsessionuuid: ${uuid.slice(1)}\n`)).not.toHaveProperty('bootSession');
    expect(parsePower(`${boot}kern.bootsessionuuid: \n`)).not.toHaveProperty('bootSession');
    expect(parsePower(`${boot}x kern.bootsessionuuid: ${uuid}\n`)).not.toHaveProperty('bootSession');
  });

  it('does not need all of them, and says nothing without any', () => {
    expect(parsePower('kern.boottime: { sec = 1750000000, usec = 0 }')?.sleptAt).toBeNull();
    expect(parsePower("sysctl: unknown oid 'kern.boottime'")).toBeNull();
    expect(parsePower('')).toBeNull();
  });
});

describe('network: scutil --nwi', () => {
  const family = (version: number, flags: string) =>
    `IPv${version} network interface information\n     en0 : flags      : 0x7 (IPv4,IPv6,DNS)\n           address    : 192.0.2.7\n           reach      : 0x00000002 (Reachable)\n\n   REACH : flags ${flags}\n`;
  const reachable = '0x00000002 (Reachable)';
  const unreachable = '0x00000000 (Not Reachable)';

  it.each<[string, string, 'online' | 'offline' | null]>([
    ['both families', family(4, reachable) + family(6, reachable), 'online'],
    ['IPv6 only', family(4, unreachable) + family(6, reachable), 'online'],
    ['neither', family(4, unreachable) + family(6, unreachable), 'offline'],
    ['a line that must be dialled first', family(4, '0x00000006 (Reachable,Connection Required)'), 'offline'],
    ['a VPN', family(4, '0x00000003 (Reachable,Transient Connection)'), 'online'],
    [
      'no summary',
      'Network information\n     en0 : flags 0x5\n           reach 0x00000002 (Reachable)\n',
      'online',
    ],
    ['only a list of interfaces', 'Network information\n\nNetwork interfaces: en0\n', 'online'],
    ['an empty list of interfaces', 'Network information\n\nNetwork interfaces:\n', 'offline'],
    ['no network', 'No network information\n', 'offline'],
    ['no states', 'Network information\n\n   No IPv4 states found\n', 'offline'],
    ['an output that is cut off', 'Network information\n\nIPv4 network interface inf', null],
    ['something else', 'usage: scutil', null],
    ['nothing', '', null],
  ])('%s', (_what, text, network) => {
    expect(parseNetwork(text)).toBe(network);
  });
});

describe('enrollment and versions', () => {
  it.each<[string, ReturnType<typeof parseEnrollment>]>([
    [
      'Enrolled via DEP: Yes\nMDM enrollment: Yes (User Approved)\nMDM server: https://mdm.example.com/\n',
      { enrolled: true, userApproved: true },
    ],
    ['Enrolled via DEP: No\r\nMDM enrollment: Yes\r\n', { enrolled: true, userApproved: false }],
    ['MDM enrollment: Yes (Not User Approved)\n', { enrolled: true, userApproved: null }],
    ['MDM enrollment: Yes (Device Enrollment)\n', { enrolled: true, userApproved: null }],
    ['Enrolled via DEP: No\nMDM enrollment: No\n', { enrolled: false, userApproved: null }],
    ['Enrolled via DEP: Yes\n', null],
    ['profiles: error', null],
  ])('%j', (text, enrollment) => {
    expect(parseEnrollment(text)).toEqual(enrollment);
  });

  it('macOS', () => {
    expect(parseVersion('15.6\n')).toBe('15.6');
    expect(parseVersion('26.0.1')).toBe('26.0.1');
    expect(parseVersion('ProductName:\t\tmacOS\nProductVersion:\t\t15.6\nBuildVersion:\t\t24G84\n')).toBe(
      '15.6',
    );
    expect(parseVersion('sw_vers: error 15')).toBeNull();
  });

  it('an application', () => {
    expect(parseBundleVersion({ CFBundleShortVersionString: '5.2504.0' })).toBe('5.2504.0');
    expect(parseBundleVersion({ CFBundleShortVersionString: 'soon' })).toBeNull();
    expect(parseBundleVersion(['5.2504.0'])).toBeNull();
  });
});

describe('focus: Assertions.json', () => {
  it.each<[string, 'on' | 'off' | null]>([
    ['{"data":[{"storeAssertionRecords":[{"assertionUUID":"x"}]}],"header":{}}', 'on'],
    ['{"data":[{},{"storeAssertionRecords":[{}]}]}', 'on'],
    ['{"data":[{"storeAssertionRecords":[]}]}', 'off'],
    ['{"data":[{"storeInvalidationRecords":[]}]}', 'off'],
    ['{"data":{}}', null],
    ['{"data":[', null],
    ['', null],
  ])('%s', (text, focus) => {
    expect(parseFocus(text)).toBe(focus);
  });
});

describe('what an earlier Workplace Join left: security', () => {
  const id = '11111111-2222-3333-4444-555555555555';
  const attribute = (name: string, value: string) => `    "${name}"<blob>=${value}\n`;
  const asHexadecimal = (value: string) =>
    `0x${Buffer.from(value).toString('hex').toUpperCase()}  "${value}"`;
  const item = (label: string, issuer: string, subject: string) =>
    `SHA-256 hash: ${'A'.repeat(64)}\nSHA-1 hash: ${'B'.repeat(40)}\nkeychain: "/Users/alex/Library/Keychains/login.keychain-db"\nversion: 512\nclass: 0x80001000 \nattributes:\n${attribute('alis', `"${label}"`)}    "cenc"<uint32>=0x00000003 \n${attribute('issu', issuer)}${attribute('labl', `"${label}"`)}${attribute('subj', subject)}`;
  const organization = asHexadecimal('0x\u00311.0,..MS-ORGANIZATION-ACCESS1+0)');

  it('finds certificates of the device registration, and their device, among others', () => {
    const text =
      item('alex@example.com', asHexadecimal('Example CA'), asHexadecimal(`CN=${id}`)) +
      item(id, organization, asHexadecimal(id)) +
      item('Apple Development', asHexadecimal('APPLE'), asHexadecimal('x'));
    expect(parseCertificates(text)).toEqual([{ kind: 'certificate', deviceId: id }]);
    const letters = 'ABCDEFAB-2222-3333-4444-555555555555';
    expect(parseCertificates(item(letters, organization, asHexadecimal(letters)))).toEqual([
      { kind: 'certificate', deviceId: letters.toLowerCase() },
    ]);
  });

  it('reads a name that is only hexadecimal and wrapped, and an issuer in small letters', () => {
    const hexadecimal = Buffer.from('CN=MS-Organization-Access').toString('hex').toUpperCase();
    const subject = Buffer.from(`..${id}`).toString('hex').toUpperCase();
    const text = item(
      'a certificate',
      `0x${hexadecimal.slice(0, 20)}\n  ${hexadecimal.slice(20)}  "..."`,
      `0x${subject}`,
    );
    expect(parseCertificates(text)).toEqual([{ kind: 'certificate', deviceId: id }]);
  });

  it('does not take a certificate for one because of its label', () => {
    expect(parseCertificates(item('MS-Organization-Access', asHexadecimal('Example CA'), '"x"'))).toEqual([]);
    expect(parseCertificates('')).toEqual([]);
  });

  it('finds the thumbprint password, attributes only', () => {
    const text = `keychain: "/Users/alex/Library/Keychains/login.keychain-db"\nversion: 512\nclass: "genp"\nattributes:\n    0x00000007 <blob>="WorkplaceJoin"\n    "acct"<blob>="com.microsoft.workplacejoin.thumbprint"\n    "svce"<blob>="x"\n`;
    expect(parseThumbprint(text)).toEqual([{ kind: 'thumbprint', deviceId: null }]);
    expect(parseThumbprint('keychain: "x"\n    "acct"<blob>="someone"\n')).toBeNull();
  });
});

describe('the managed SSO payload', () => {
  const token = 'zztokenzz';
  const payload = {
    ExtensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
    TeamIdentifier: 'UBF8T346G9',
    URLs: ['https://login.microsoftonline.com'],
    RegistrationToken: token,
    PlatformSSO: { AuthenticationMethod: 'Password', UseSharedDeviceKeys: true, LoginFrequency: 64800 },
  };

  it('is read, and its registration token stays behind', async () => {
    const profile = parseSsoProfile(payload);
    expect(profile).toEqual({
      digest: expect.stringMatching(/^[0-9a-f]{16}$/),
      extensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
      platformSso: true,
      method: 'password',
      methodAtTopLevel: false,
      registrationToken: 'present',
      tokenVariable: null,
      methodName: 'Password',
      type: null,
      missingKeys: ['Type'],
      wrongKeys: [],
      sharedDeviceKeys: true,
      loginFrequencySeconds: 64800,
      registrationDuringSetup: null,
      biometricPolicy: null,
      webLoginPasswordSync: null,
      temporaryAccounts: false,
      kerberosSyncsPassword: false,
      policies: { fileVault: [], login: [], unlock: [] },
    });
    expect(JSON.stringify(profile)).not.toContain(token);
  });

  it.each([
    [
      { AuthenticationMethod: 'UserSecureEnclaveKey' },
      { method: 'secureEnclaveKey', methodAtTopLevel: true, platformSso: true },
    ],
    [
      { PlatformSSO: { AuthenticationMethod: 'SmartCard' } },
      { method: 'smartCard', methodAtTopLevel: false },
    ],
    [
      { PlatformSSO: {}, AuthenticationMethod: 'Password' },
      { method: 'password', methodAtTopLevel: true },
    ],
    [{ PlatformSSO: { AuthenticationMethod: 'Telepathy' } }, { method: 'unknown', methodName: null }],
    [
      { PlatformSSO: { AuthenticationMethod: 'UserSecureEnclave' } },
      { method: 'unknown', methodName: 'UserSecureEnclave' },
    ],
    [{ PlatformSSO: { AuthenticationMethod: 'OpenID' } }, { method: 'openId', methodName: 'OpenID' }],
    [
      { PlatformSSO: { AuthenticationMethod: 'AccessKey' } },
      { method: 'accessKey', methodName: 'AccessKey' },
    ],
    [
      { PlatformSSO: { AuthenticationMethod: 'OpenID', AllowWebLoginPasswordSync: true } },
      { webLoginPasswordSync: true },
    ],
    [
      { PlatformSSO: { LoginPolicy: ['RequireTouchID', 'a name'], UnlockPolicy: 'RequireTouchID' } },
      { policies: { fileVault: [], login: ['RequireTouchID'], unlock: [] } },
    ],
    [
      { 'PlatformSSO:AuthenticationMethod': 'Password' },
      { method: 'password', methodAtTopLevel: false, platformSso: true },
    ],
    [{ Type: 'Credential' }, { type: 'credential', missingKeys: ['ExtensionIdentifier', 'TeamIdentifier'] }],
    [
      {
        ExtensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
        TeamIdentifier: 'ABCDE12345',
        Type: 'Credential',
      },
      { missingKeys: [], wrongKeys: ['TeamIdentifier', 'Type'] },
    ],
    [
      { ExtensionIdentifier: 'com.okta.mobile.auth-service-extension' },
      { method: 'none', platformSso: false },
    ],
    [{ RegistrationToken: '{{DEVICEREGISTRATION}}' }, { registrationToken: 'unresolved' }],
    [{ PlatformSSO: { RegistrationToken: '{{deviceregistration}}' } }, { registrationToken: 'unresolved' }],
    [{ RegistrationToken: '' }, { registrationToken: 'absent' }],
    [{ PlatformSSO: { EnableRegistrationDuringSetup: true } }, { registrationDuringSetup: true }],
    [{ ExtensionData: { enable_se_key_biometric_policy: 1 } }, { biometricPolicy: true }],
    [{ 'ExtensionData:enable_se_key_biometric_policy': false }, { biometricPolicy: false }],
    [{ PlatformSSO: { UseSharedDeviceKeys: 0 } }, { sharedDeviceKeys: false, loginFrequencySeconds: null }],
  ])('%j', async (dictionary, expected) => {
    expect(parseSsoProfile(dictionary)).toMatchObject(expected);
  });

  it('has a digest of its content: not of the order of keys, nor of the file format', async () => {
    const digest = async (value: unknown) => parseSsoProfile(value)?.digest;
    const reordered = Object.fromEntries(Object.entries(payload).reverse());
    expect(await digest(reordered)).toBe(await digest(payload));
    expect(await digest(await parsePlist(buildBinary(payload)))).toBe(await digest(payload));
    expect(await digest(await parsePlist(Buffer.from(build(payload))))).toBe(await digest(payload));
    expect(await digest({ ...payload, URLs: [] })).not.toBe(await digest(payload));
    expect(await digest({ ...payload, RegistrationToken: 'another' })).not.toBe(await digest(payload));
  });

  it('of several payloads in a configuration profile the one with Platform SSO counts', async () => {
    const other = { PayloadType: 'com.apple.extensiblesso', ExtensionIdentifier: 'com.example.first' };
    const profile = { PayloadContent: [other, { ...payload, PayloadType: 'com.apple.extensiblesso' }] };
    expect(parseSsoProfile(profile)).toMatchObject({ method: 'password', platformSso: true });
  });

  it('an empty one is none, and what is no dictionary is refused', async () => {
    expect(parseSsoProfile({})).toBeNull();
    expect(() => parseSsoProfile(['x'])).toThrow(TypeError);
  });
});

describe('property list files', () => {
  const value = { text: 'Grüße', number: 3, list: [true, 2.5], when: new Date('2025-06-15T15:06:40Z') };

  it('are read whether binary or XML', async () => {
    expect(await parsePlist(buildBinary(value))).toEqual(value);
    expect(await parsePlist(Buffer.from(build(value)))).toEqual(value);
    expect(await parsePlist(Buffer.from(`\ufeff${build(value)}`))).toEqual(value);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('hello')],
    ['XML that is cut off', Buffer.from(build(value).slice(0, -12))],
    ['a binary one that is cut off', buildBinary(value).subarray(0, 60)],
    ['a binary header alone', Buffer.from('bplist00')],
    ['too large', Buffer.from(`<plist><string>${'x'.repeat(largestPlist)}</string></plist>`)],
  ])('%s is refused', async (_what, bytes) => {
    await expect(parsePlist(bytes)).rejects.toThrow(PlistError);
  });

  it('a binary one that unfolds without end is refused', async () => {
    // Each of 40 arrays holds the next one twice: 2^40 values in about 200 bytes. The last holds the first: a
    // cycle.
    const nested = (count: number, last: number[]) => {
      const objects = Array.from({ length: count }, (_, i) => (i + 1 < count ? [0xa2, i + 1, i + 1] : last));
      const offsets: number[] = [];
      let at = 8;
      for (const object of objects) {
        offsets.push(at);
        at += object.length;
      }
      const trailer = [0, 0, 0, 0, 0, 0, 1, 1, ...[count, 0, at].flatMap((n) => [0, 0, 0, 0, 0, 0, 0, n])];
      return Buffer.from([...Buffer.from('bplist00'), ...objects.flat(), ...offsets, ...trailer]);
    };
    expect(await parsePlist(nested(3, [0x09]))).toEqual([
      [true, true],
      [true, true],
    ]);
    await expect(parsePlist(nested(40, [0x09]))).rejects.toThrow(PlistError);
    await expect(parsePlist(nested(3, [0xa1, 0]))).rejects.toThrow(PlistError);
  });
});
