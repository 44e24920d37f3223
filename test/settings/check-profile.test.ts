import { build, type PlistValue } from 'plist';
import { describe, expect, test } from 'vitest';
import { checkProfile } from '../../agent/settings/check-profile.ts';
import { preferencesDomain } from '../../agent/settings/read-settings.ts';

const now = Date.UTC(2026, 10, 29, 9);

const messagesOf = async (bytes: string | Uint8Array) =>
  (await checkProfile(Buffer.from(bytes), now)).problems.map(({ message }) => message);
const check = async (settings: Record<string, PlistValue>) =>
  await messagesOf(build({ PayloadContent: [{ PayloadType: preferencesDomain, ...settings }] }));

describe('the check of a profile says which part is wrong, and why', () => {
  test.each<[string, Record<string, PlistValue>, string]>([
    [
      'an hour of one digit',
      { QuietHours: { Start: '8:00', End: '17:00' } },
      'not a dictionary whose Start has one digit for the hour;',
    ],
    [
      'two wrong times',
      { QuietHours: { Start: '24:00', End: 7 } },
      'not a dictionary whose Start is not a time from 00:00 to 23:59 and whose End is not a text;',
    ],
    ['a missing time', { QuietHours: { Start: '18:00' } }, 'not a dictionary without End;'],
    [
      'equal times',
      { QuietHours: { Start: '09:00', End: '09:00' } },
      'not a dictionary whose Start and End are the same time;',
    ],
    ['a long line', { HelpdeskName: 'x'.repeat(41) }, 'not a text of 41 characters;'],
    ['an empty line', { HelpdeskName: ' ' }, 'not an empty text;'],
    ['two lines', { HelpdeskName: 'Two\nlines' }, 'a line break or another control character;'],
    ['a space at the end', { HelpdeskName: 'IT ' }, 'begins or ends with a space;'],
    ['a short key', { StoredIdentity: 'hashed', IdentityHashKey: 'short' }, 'not a shorter text;'],
    ['a date without a time', { IdpPasswordChangedAt: '2026-11-28' }, 'not a date without a time;'],
    ['a time without a zone', { IdpPasswordChangedAt: '2026-11-28T09:00:00' }, 'not a time without a zone;'],
    ['a word of another case', { NotificationChannel: 'swiftdialog' }, 'Did you mean swiftDialog?'],
    ['a shortened key', { PollInterval: 300 }, 'Did you mean PollIntervalSeconds?'],
    ['a shortened key of one word', { Retention: 30 }, 'Did you mean RetentionDays?'],
  ])('%s', async (_what, settings, words) => {
    const [message, ...more] = await check(settings);
    expect(message).toContain(words);
    expect(more).toEqual([]);
  });

  test('a word that several keys have gets no suggestion', async () => {
    expect(await check({ Issue: true })).toEqual([expect.not.stringContaining('DisabledIssues')]);
    expect(await check({ Idp: 8 })).toEqual(['There is no setting "Idp"; it is ignored.']);
  });
});

describe('the check of a profile names valid values without the expected effect', () => {
  test.each<[string, Record<string, PlistValue>, RegExp]>([
    [
      'a problem is polled less often',
      { PollIntervalSeconds: 60, TroublePollIntervalSeconds: 600 },
      /^TroublePollIntervalSeconds \(600\) is longer than PollIntervalSeconds \(60\)/,
    ],
    [
      'a key of the quiet hours that is not read',
      { QuietHours: { Start: '18:00', End: '08:00', Days: 'all' } },
      /^QuietHours has a key "Days", which is ignored; the keys are Start and End\.$/,
    ],
    [
      'a password that will be changed',
      { IdpPasswordChangedAt: '2030-01-01T00:00:00Z' },
      /^IdpPasswordChangedAt is in the future \(2030-01-01/,
    ],
    [
      'a key that nothing uses',
      { IdentityHashKey: 'a secret of the fleet' },
      /^IdentityHashKey has no effect: StoredIdentity is none/,
    ],
  ])('%s', async (_what, settings, message) => {
    expect(await check(settings)).toEqual([expect.stringMatching(message)]);
  });

  test('and nothing about values that have it', async () => {
    const settings = {
      PollIntervalSeconds: 60,
      StoredIdentity: 'hashed',
      IdentityHashKey: 'a secret of the fleet',
      IdpPasswordChangedAt: new Date(now - 1000),
    };
    expect(await check(settings)).toEqual([]);
  });
});

describe('the check of a file names a form that no Mac reads', () => {
  const wrapped = (how: string) =>
    build({
      PayloadContent: [
        {
          PayloadType: 'com.apple.ManagedClient.preferences',
          PayloadContent: {
            [preferencesDomain]: { [how]: [{ mcx_preference_settings: { RetentionDays: 30 } }] },
          },
        },
      ],
    });

  test('settings that are set once', async () => {
    expect(await messagesOf(wrapped('Set-Once'))).toEqual([expect.stringMatching(/Set-Once.*use Forced\.$/)]);
    expect(await messagesOf(wrapped('Forced'))).toEqual([]);
  });

  test.each<[string, PlistValue]>([
    [
      'a profile whose payloads are no list',
      { PayloadType: 'Configuration', PayloadContent: { PayloadType: 'com.apple.extensiblesso' } },
    ],
    ['what profiles(1) shows', { _computerlevel: [{ ProfileItems: [] }] }],
  ])('%s, which is not valid settings', async (_, file) => {
    expect(await messagesOf(build(file))).toEqual([
      `The profile has no payload of type ${preferencesDomain} or com.apple.extensiblesso (it has: none).`,
    ]);
  });

  test('a declaration, which is no list of issues', async () => {
    const declaration = {
      Type: 'com.apple.configuration.extensible-sso',
      Payload: { PlatformSSO: { AuthenticationMethod: 'Password' } },
    };
    expect(await messagesOf(JSON.stringify(declaration))).toEqual([
      expect.stringMatching(/no payload of type .*\(it has: com\.apple\.configuration\.extensible-sso\)\.$/),
    ]);
  });

  test('two payloads that differ', async () => {
    const twice = (...days: number[]) =>
      build({
        PayloadContent: days.map((RetentionDays) => ({ PayloadType: preferencesDomain, RetentionDays })),
      });
    expect(await messagesOf(twice(30, 60))).toEqual([
      expect.stringMatching(/^Two payloads .* RetentionDays/),
    ]);
    expect(await messagesOf(twice(30, 30))).toEqual([]);
  });

  test.each([
    ['an empty file', '\n', /^it is empty$/],
    [
      'a dictionary alone',
      '<dict><key>RetentionDays</key><integer>30</integer></dict>',
      /<plist> around it.*Intune has neither$/,
    ],
  ])('%s', async (_what, text, message) => {
    await expect(messagesOf(text)).rejects.toThrow(message);
  });

  test("and checks the user's own settings as such", async () => {
    expect(await messagesOf('{ "Reminders": "once" }')).toEqual([]);
    expect(await messagesOf('{ "RetentionDays": 30 }')).toEqual([
      'The setting RetentionDays can only be set by the admin; it is ignored.',
    ]);
    expect(await messagesOf('{ "org-x": 1 }')).toEqual([expect.stringContaining('org-x')]);
  });
});

describe('keys and values alone, as the preference file of Intune has them', () => {
  const keys = '<key>RetentionDays</key>\n<integer>30</integer>\n';

  test.each([
    ['bare', keys],
    ['with a byte order mark', `\uFEFF${keys}`],
    ['after a declaration and a comment', `<?xml version="1.0"?>\n<!-- ours -->\n${keys}`],
  ])('are checked as a property list: %s', async (_what, text) => {
    expect(await checkProfile(Buffer.from(text), now)).toEqual({ payloads: 1, ssoPayloads: 0, problems: [] });
    expect(await messagesOf(text.replace('Days', 'Day'))).toEqual([
      'There is no setting "RetentionDay"; it is ignored. Did you mean RetentionDays?',
    ]);
  });

  test('that break off are refused', async () => {
    await expect(messagesOf('<key>RetentionDays</key><integer>30')).rejects.toThrow(
      /<\/integer> is missing$/,
    );
  });
});

test('a wrong method at the top level, without another one, is one mistake', async () => {
  const payload = {
    PayloadType: 'com.apple.extensiblesso',
    ExtensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
    TeamIdentifier: 'UBF8T346G9',
    Type: 'Redirect',
    URLs: ['https://login.microsoftonline.com'],
    AuthenticationMethod: 'Passwort',
    PlatformSSO: {},
  };
  const messages = await messagesOf(build({ PayloadContent: [payload] }));
  expect(messages.filter((message) => message.includes('Passwort'))).toHaveLength(1);
});
