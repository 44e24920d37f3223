import { describe, expect, it } from 'vitest';
import { extensionIn, parseExtensions } from '../../../agent/mac/sources/extensions/parse-extensions.ts';
import { parseFileVault } from '../../../agent/mac/sources/file-vault/parse-file-vault.ts';
import { parseFingerprints } from '../../../agent/mac/sources/fingerprints/parse-fingerprints.ts';
import { parsePower } from '../../../agent/mac/sources/power/parse-power.ts';
import { parseSmartCards } from '../../../agent/mac/sources/smart-cards/parse-smart-cards.ts';
import { syncsPassword } from '../../../agent/mac/sources/sso-profile/parse-sso-profile.ts';
import { parseSystemIntegrity } from '../../../agent/mac/sources/system-integrity/parse-system-integrity.ts';

describe('pluginkit -m', () => {
  const id = 'com.microsoft.CompanyPortalMac.ssoextension';
  it.each<[string, string, string]>([
    ['chosen', `     com.apple.x(1.0)\n+    ${id}(5.2504.0)\n`, 'used'],
    ['turned off', `-    ${id}(5.2504.0)\n`, 'ignored'],
    ['without a choice', `     ${id}(5.2504.0)\n`, 'known'],
    ['of an unknown version', `     ${id}((null))\n`, 'known'],
    ['beside an old version', `=    ${id}(5.2404.0)\n+    ${id}(5.2504.0)\n`, 'used'],
    ['of another letter case', `+    ${id.toLowerCase()}(5.2504.0)\n`, 'used'],
    ['that is not listed', '     com.apple.share.Mail.compose(1.0)\n', 'absent'],
    ['whose name only begins like it', `+    ${id}.helper(1.0)\n`, 'absent'],
    ['in a superseded version only', `=    ${id}(1.0)\n`, 'known'],
    ['in a superseded and an ignored version', `=    ${id}(1.0)\n-    ${id}(2.0)\n`, 'ignored'],
  ])('an extension %s', (_, list, state) => {
    expect(extensionIn(list, id)).toBe(state);
  });

  it.each<[string, string]>([
    ['an error', 'pluginkit: the daemon did not answer\n'],
    ['another layout', `${id} 5.2504.0 used\n`],
  ])('with %s does not say that an extension is absent', (_, text) => {
    expect(parseExtensions(text)).toBeNull();
  });
});

it.each<[string, boolean | null]>([
  ['FileVault is On.\n', true],
  ['FileVault is Off.\n', false],
  ['FileVault is On, but needs to be restarted to finish.\n', true],
  ['FileVault is On.\nEncryption in progress: Percent completed = 5\n', true],
  ['Error: not supported\n', null],
])('fdesetup status: %j', (text, on) => {
  expect(parseFileVault(text)).toBe(on);
});

it.each<[string, boolean | null]>([
  ['System Integrity Protection status: enabled.\n', true],
  ['System Integrity Protection status: disabled.\n', false],
  [
    'System Integrity Protection status: unknown (Custom Configuration).\n\nConfiguration:\n\tApple Internal: disabled\n',
    null,
  ],
  ['System Integrity Protection status: enabled (Custom Configuration).\n', null],
])('csrutil status: %j', (text, on) => {
  expect(parseSystemIntegrity(text)).toBe(on);
});

it.each<[string, number | null]>([
  ['User 501:\t2 biometric template(s)\nOperation performed successfully.\n', 2],
  ['User 501: \t0 biometric template(s)\n', 0],
  ['Operation failed.\n', null],
])('bioutil -c: %j', (text, count) => {
  expect(parseFingerprints(text)).toBe(count);
});

it.each<[string, boolean | null]>([
  ['Hash: 0123456789ABCDEF0123456789ABCDEF01234567\n', true],
  ['No identities.\n', false],
  ['No paired smart cards.\n', false],
  ['No such user: alex\n', null],
  ['No directory node.\n', null],
  ['Smart card support is being set up.\n', null],
])('sc_auth list: %j', (text, paired) => {
  expect(parseSmartCards(text)).toBe(paired);
});

it('sysctl: the model is read beside the times, and may be missing', () => {
  const boot = 'kern.boottime: { sec = 1750000000, usec = 0 } x\n';
  expect(parsePower(`${boot}hw.model: MacBookPro16,1\n`)?.model).toBe('MacBookPro16,1');
  expect(parsePower(boot)).not.toHaveProperty('model');
  expect(parsePower('hw.model: Mac14,2\n')).toBeNull();
});

it.each<[unknown, boolean]>([
  [{ ExtensionData: { syncLocalPassword: true } }, true],
  [{ 'ExtensionData:syncLocalPassword': 1 }, true],
  [{ ExtensionData: { syncLocalPassword: false } }, false],
  [{}, false],
  [{ ExtensionData: { syncLocalPassword: true }, ExtensionIdentifier: 'com.example.x' }, false],
])('a Kerberos payload %j', (more, syncs) => {
  const payload = { ExtensionIdentifier: 'com.apple.AppSSOKerberos.KerberosExtension' };
  expect(syncsPassword({ ...payload, ...Object(more) })).toBe(syncs);
});
