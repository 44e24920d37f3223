import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { build, buildBinary, type PlistValue } from 'plist';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configCheckOutput, configOutput } from '../../../agent/cli/output/config.ts';
import { preferencesDomain } from '../../../agent/settings/read-settings.ts';
import { settingKeys } from '../../../agent/settings/schema.ts';
import { cli } from '../../helpers/cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const config = (...args: string[]) =>
  cli(['config', ...args, '--sysroot', join(folder, 'mac'), '--data-dir', join(folder, 'data')]);

function write(path: string, content: string | Uint8Array): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const manage = (settings: Record<string, PlistValue>, whose = '') =>
  write(`mac/Library/Managed Preferences/${whose}${preferencesDomain}.plist`, buildBinary(settings));

describe('config', () => {
  test('prints every effective setting and its origin', () => {
    manage({ RetentionDays: 30, Language: 'en' });
    manage({ Language: 'de' }, `${userInfo().username}/`);
    write(
      'data/settings.json',
      JSON.stringify({ QuietHours: { Start: '18:00', End: '08:00' }, Language: 'en' }),
    );
    const { status, stdout } = config('--json');
    expect(status).toBe(0);
    const output = configOutput.parse(JSON.parse(stdout));
    expect(output.settings.map(({ key }) => key)).toEqual(settingKeys);
    const of = (key: string) => output.settings.find((one) => one.key === key);
    expect(of('RetentionDays')).toMatchObject({ value: 30, origin: 'managed', default: 180 });
    expect(of('Language')).toMatchObject({ value: 'de', origin: 'managed' });
    expect(of('QuietHours')).toMatchObject({ origin: 'user' });
    expect(of('LogLevel')).toMatchObject({ value: 'info', origin: 'default' });
    expect(config().stdout).toMatch(/QuietHours +18:00 to 08:00 +user/);
  });

  test('names invalid settings and exits with 1', () => {
    manage({ PollIntervalSeconds: 5, NoSuchThing: true });
    const { status, stdout } = config();
    expect(status).toBe(1);
    expect(stdout).toContain('PollIntervalSeconds must be a whole number of seconds from 60 to 3600');
    expect(stdout).toContain('There is no setting "NoSuchThing"');
    expect(config('PollIntervalSeconds').status).toBe(1);
    expect(config('Language').status).toBe(0);
  });

  test('never prints the key of the digests', () => {
    manage({ StoredIdentity: 'hashed', IdentityHashKey: 'a secret of the fleet' });
    for (const args of [[], ['--json'], ['IdentityHashKey'], ['IdentityHashKey', '--json']])
      expect(config(...args).stdout).not.toContain('a secret of the fleet');
  });

  test('prints the place for histories without its signature', () => {
    manage({ CollectURL: 'https://acme.blob.core.windows.net/psso?sp=c&sig=secret' });
    for (const args of [[], ['--json'], ['CollectURL'], ['CollectURL', '--json']]) {
      const { stdout } = config(...args);
      expect(stdout).not.toContain('secret');
      expect(stdout).toContain('https://acme.blob.core.windows.net/psso?(set)');
    }
  });

  test('an unknown setting is wrong usage', () => {
    const { status, stderr } = config('Nonsense');
    expect(status).toBe(2);
    expect(stderr).toContain('there is no setting "Nonsense"');
  });
});

test("advice uses the user's language", () => {
  const advice = () =>
    cli(['advice', '--sysroot', join(folder, 'mac'), '--data-dir', join(folder, 'data')]).stdout;
  expect(advice()).toContain('Your work sign-in hasn’t been checked yet.');
  write('data/settings.json', JSON.stringify({ Language: 'de' }));
  expect(advice()).toContain('Ihre Firmenanmeldung wurde noch nicht geprüft.');
});

describe('config --check', () => {
  const profile = (content: Record<string, PlistValue>, type = preferencesDomain) =>
    build({
      PayloadType: 'Configuration',
      PayloadContent: [{ PayloadType: type, PayloadVersion: 1, ...content }],
    });
  const check = (content: string | Uint8Array) => {
    const { status, stdout, stderr } = config('--check', write('p.mobileconfig', content), '--json');
    return { status, stderr, output: stdout === '' ? null : configCheckOutput.parse(JSON.parse(stdout)) };
  };
  const messages = (content: string | Uint8Array) =>
    check(content).output?.problems.map((one) => one.message) ?? [];

  test.each<[string, string | Uint8Array]>([
    ['a profile', profile({ RetentionDays: 30 })],
    ['a plist of keys, as Jamf and Intune take it', build({ RetentionDays: 30 })],
    ['a binary one', buildBinary({ RetentionDays: 30 })],
    [
      'a profile of the older kind',
      build({
        PayloadContent: [
          {
            PayloadType: 'com.apple.ManagedClient.preferences',
            PayloadContent: {
              [preferencesDomain]: { Forced: [{ mcx_preference_settings: { RetentionDays: 30 } }] },
            },
          },
        ],
      }),
    ],
  ])('accepts %s', (_what, content) => {
    expect(check(content)).toMatchObject({ status: 0, output: { payloads: 1, problems: [] } });
  });

  test('names a misspelt key and the nearest key', () => {
    expect(messages(profile({ RetentionDay: 30 }))).toEqual([
      'There is no setting "RetentionDay"; it is ignored. Did you mean RetentionDays?',
    ]);
  });

  test('names a text in place of a number or a flag', () => {
    const [flag, number] = messages(profile({ RetentionDays: '30', NotificationsEnabled: 'NO' }));
    expect(number).toContain('it must be <integer>');
    expect(flag).toContain('it must be <true/> or <false/>');
  });

  test('names a duplicate setting and keys that nothing reads', () => {
    expect(messages(profile({ pollIntervalSeconds: 120, PollIntervalSeconds: 90 }))).toEqual([
      'The setting PollIntervalSeconds occurs twice, once with a lower-case initial; only one of the two is used.',
    ]);
    expect(messages(profile({ QuietHours: { Start: '18:00', End: '08:00', Days: 'Mon' } }))).toEqual([
      'QuietHours has a key "Days", which is ignored; the keys are Start and End.',
    ]);
  });

  test('names a wrong preferences domain', () => {
    const [message] = messages(profile({ RetentionDays: 30 }, 'com.example.other'));
    expect(message).toContain(
      `no payload of type ${preferencesDomain} or com.apple.extensiblesso (it has: com.example.other)`,
    );
  });

  test('names a file that is missing or no property list', () => {
    expect(check('<xml/>')).toMatchObject({ status: 1, output: null });
    expect(check('<xml/>').stderr).toContain('p.mobileconfig is not a property list');
    expect(config('--check', join(folder, 'nowhere')).status).toBe(2);
  });
});

describe('config --check of a profile with Platform SSO', () => {
  const payload = {
    PayloadType: 'com.apple.extensiblesso',
    ExtensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
    TeamIdentifier: 'UBF8T346G9',
    Type: 'Redirect',
    URLs: ['https://login.microsoftonline.com'],
    RegistrationToken: 'zztokenzz',
    PlatformSSO: { AuthenticationMethod: 'Password' },
  };
  const { PlatformSSO, ...legacy } = payload;
  const { PayloadType, ...managed } = payload;
  const macos13 = { ...legacy, AuthenticationMethod: 'Password' };
  const kerberos = {
    PayloadType: 'com.apple.extensiblesso',
    ExtensionIdentifier: 'com.apple.AppSSOKerberos.KerberosExtension',
    TeamIdentifier: 'apple',
    Type: 'Credential',
  };
  const other = 'com.example.sso';
  const checked = (content: string | Uint8Array) => {
    const { status, stdout } = config('--check', write('p.mobileconfig', content), '--json');
    expect(stdout).not.toContain('zztokenzz');
    return { status, ...configCheckOutput.parse(JSON.parse(stdout)) };
  };
  const profile = (...payloads: PlistValue[]) => build({ PayloadContent: payloads });

  test.each<[string, string | Uint8Array, number]>([
    ['a profile', profile(payload), 1],
    ['the managed property list', buildBinary(managed), 1],
    ['both places of the method', profile({ ...macos13, PlatformSSO }), 1],
    ['OpenID of macOS 27', profile({ ...payload, PlatformSSO: { AuthenticationMethod: 'OpenID' } }), 1],
    ['a payload of Kerberos beside it', profile(payload, kerberos), 2],
    [
      'a Credential payload of its extension beside it',
      profile({ ...payload, ExtensionIdentifier: other }, { ...kerberos, ExtensionIdentifier: other }),
      2,
    ],
  ])('accepts %s', (_what, content, ssoPayloads) => {
    expect(checked(content)).toMatchObject({ status: 0, payloads: 0, ssoPayloads, problems: [] });
  });

  const conflict = 'sso-payload-conflict-10002';
  const misconfigured = 'sso-payload-misconfigured-10001';
  test.each<[string, string | Uint8Array, string, RegExp]>([
    [
      'an unfilled variable',
      buildBinary({ ...managed, RegistrationToken: '$TOKEN' }),
      'registration-token-wrong',
      /\$NAME/,
    ],
    [
      'an unfilled token inside PlatformSSO',
      profile({ ...legacy, PlatformSSO: { ...PlatformSSO, RegistrationToken: '%Token%' } }),
      'registration-token-wrong',
      /%Name%/,
    ],
    ['no method', profile({ ...payload, PlatformSSO: {} }), misconfigured, /no AuthenticationMethod/],
    [
      'a method of nothing',
      profile({ ...payload, PlatformSSO: { AuthenticationMethod: 'Telepathy' } }),
      misconfigured,
      /does not know/,
    ],
    ['the form of macOS 13 alone', profile(macos13), misconfigured, /at the top level only/],
    [
      'a misspelt method for macOS 13',
      profile({ ...payload, AuthenticationMethod: 'Pasword' }),
      misconfigured,
      /For macOS 13.* Did you mean Password/,
    ],
    [
      'missing keys',
      profile({ PayloadType: payload.PayloadType, PlatformSSO }),
      misconfigured,
      /ExtensionIdentifier, TeamIdentifier, Type, URLs/,
    ],
    [
      "another team than Microsoft's",
      profile({ ...payload, TeamIdentifier: 'ABCDE12345' }),
      misconfigured,
      /TeamIdentifier/,
    ],
    ['a payload without PlatformSSO', profile(legacy), conflict, /no PlatformSSO/],
    ['two payloads for one extension', profile(payload, payload), conflict, /more than one/],
  ])('names %s', (_what, content, issue, message) => {
    const { status, problems } = checked(content);
    expect(status).toBe(1);
    expect(problems).toEqual([{ key: expect.any(String), issue, message: expect.stringMatching(message) }]);
  });
});
