import { build } from 'plist';
import { describe, expect, test } from 'vitest';
import { mergedChannels } from '../../../agent/mac/sources/sso-profile/merged-channels.ts';
import { parseSsoProfile } from '../../../agent/mac/sources/sso-profile/parse-sso-profile.ts';
import { createObserver, observeOnce } from '../../../agent/observe/observe.ts';
import { entraFloor } from '../../../agent/shared/idp-password-policy.ts';
import { fullPoll } from '../../../agent/shared/poll-plan.ts';
import { failed, knownValue } from '../../../agent/shared/reading.ts';
import { minute } from '../../../agent/shared/time.ts';
import { VirtualMac } from '../../../agent/simulation/virtual-mac.ts';

const base = {
  ExtensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
  TeamIdentifier: 'UBF8T346G9',
  Type: 'Redirect',
  URLs: ['https://login.microsoftonline.com'],
};
const device = { ...base, PlatformSSO: { AuthenticationMethod: 'UserSecureEnclaveKey' } };
const user = { ...base, PlatformSSO: { AuthenticationMethod: 'Password', RegistrationToken: 'a-token' } };
const kerberos = { ExtensionIdentifier: 'com.apple.AppSSOKerberos.KerberosExtension', Type: 'Credential' };

const profileOf = (ofDevice: unknown, ofUser: unknown) => parseSsoProfile(mergedChannels(ofDevice, ofUser));

describe('the profiles of the device and the user', () => {
  test.each([
    ['inside PlatformSSO', user],
    ['at the top level', { ...base, RegistrationToken: 'a-token' }],
    ['with flattened keys', { ...base, 'PlatformSSO:RegistrationToken': 'a-token' }],
  ])('the token may come by the user channel: %s', (_where, ofUser) => {
    expect(profileOf(device, ofUser)).toMatchObject({
      registrationToken: 'present',
      method: 'secureEnclaveKey',
      platformSso: true,
    });
  });

  test('any other value of the device counts', () => {
    const unresolved = { ...device, RegistrationToken: '{{DEVICEREGISTRATION}}' };
    expect(profileOf(unresolved, user)).toMatchObject({
      registrationToken: 'unresolved',
      method: 'secureEnclaveKey',
    });
    // Without PlatformSSO of the device there is none: the conflict of two profiles stays visible.
    expect(profileOf(base, user)).toMatchObject({ platformSso: false });
  });

  test('a change of a key that comes by the user channel is a change', () => {
    const digest = (data: object) => profileOf(device, { ...base, ExtensionData: data })?.digest;
    expect(digest({ a: 1 })).not.toBe(digest({ a: 2 }));
    expect(profileOf(device, { ...base, URLs: [] })?.digest).toBe(profileOf(device, null)?.digest);
  });

  test('of two extensions the one with Platform SSO counts', () => {
    expect(profileOf(kerberos, user)).toMatchObject({ method: 'password', platformSso: true });
    expect(profileOf(device, kerberos)).toMatchObject({ method: 'secureEnclaveKey', platformSso: true });
  });
});

describe('on the Mac', () => {
  const start = { start: Date.UTC(2026, 2, 2, 8), macos: '26.0', user: 'alex' };
  const plist = (value: object) => build(JSON.parse(JSON.stringify(value)));

  test.each([
    [
      { text: plist(device), userText: plist(user) },
      { method: 'secureEnclaveKey', registrationToken: 'present' },
    ],
    [
      { text: plist(device), userText: 'garbled' },
      { method: 'secureEnclaveKey', registrationToken: 'absent', userChannelUnread: true },
    ],
    [{ userText: plist(user) }, { method: 'password', registrationToken: 'present' }],
  ])('both files are one value (%#)', async (profile, expected) => {
    const mac = new VirtualMac(start);
    mac.apply({ profile });
    const { ssoProfile } = await observeOnce(mac);
    expect(ssoProfile).toMatchObject({ ok: true, value: expected });
  });

  test("a user's file that macOS denies is said to be unread, and no file is not", async () => {
    const mac = new VirtualMac(start);
    mac.apply({ profile: { text: plist(device) } });
    const { runner, who, clock, files } = mac;
    const denied = {
      read: async (path: string, limit?: number) =>
        path.endsWith('alex/com.apple.extensiblesso.plist')
          ? failed('denied', 'the file may not be read')
          : await files.read(path, limit),
      stamp: (path: string) => files.stamp(path),
    };
    const of = async (readable: typeof files) =>
      knownValue((await observeOnce({ runner, files: readable, who, clock })).ssoProfile);
    expect(await of(denied)).toMatchObject({ method: 'secureEnclaveKey', userChannelUnread: true });
    expect(await of(files)).not.toHaveProperty('userChannelUnread');
  });

  test('a garbled file of the user alone is a failure', async () => {
    const mac = new VirtualMac(start);
    mac.apply({ profile: { userText: 'garbled' } });
    expect((await observeOnce(mac)).ssoProfile).toMatchObject({ ok: false, reason: 'malformed' });
  });

  test('the agent reads them again only when one of them changed', async () => {
    const mac = new VirtualMac(start);
    let reads = 0;
    const { runner, who, clock } = mac;
    const files = {
      read: (path: string, limit?: number) => {
        if (path.endsWith('extensiblesso.plist')) reads++;
        return mac.files.read(path, limit);
      },
      stamp: (path: string) => mac.files.stamp(path),
    };
    const observe = createObserver({ runner, files, who, clock });
    const request = { plan: fullPoll, idp: entraFloor };
    mac.apply({ profile: { text: plist(device) } });
    for (let poll = 0; poll < 6; poll++) {
      mac.advanceTo(poll * 5 * minute);
      await observe(request);
    }
    // Twice until confirmed, two files each.
    expect(reads).toBe(4);
    mac.apply({ profile: { text: plist(device), userText: plist(user) } });
    const { ssoProfile } = await observe(request);
    expect(ssoProfile).toMatchObject({ value: { registrationToken: 'present' } });
  });
});
