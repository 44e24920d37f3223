import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { definitions, isSettingKey, settingKeys } from '../../agent/settings/schema.ts';
import { settingTexts } from '../../agent/settings/setting-texts.ts';
import { effectiveSettings, type SettingsLayer } from '../../agent/settings/settings.ts';

const managed = (entries: Record<string, unknown>): SettingsLayer => ({ origin: 'managed', entries });
const user = (entries: Record<string, unknown>): SettingsLayer => ({ origin: 'user', entries });
const defaults = effectiveSettings([]).values;

describe('the settings', () => {
  test('are these, with these defaults', () => {
    expect(defaults).toEqual({
      PollIntervalSeconds: 300,
      TroublePollIntervalSeconds: 60,
      UnifiedLogEnabled: false,
      UnifiedLogIssues: false,
      NetworkProbeEnabled: false,
      RetentionDays: 180,
      NotificationsEnabled: true,
      NotificationChannel: 'automatic',
      QuietHours: null,
      MaximumNotificationsPerDay: 3,
      DisabledIssues: [],
      Language: 'automatic',
      IdpPasswordChangedAt: null,
      IdpMinimumPasswordLength: 8,
      IdpCharacterClasses: 3,
      LogLevel: 'info',
      IgnoredIssues: [],
      Reminders: 'usual',
      StoredIdentity: 'none',
      IdentityHashKey: null,
      CollectURL: null,
      OrganizationName: null,
      HelpdeskName: null,
      HelpdeskURL: null,
      HelpdeskPhone: null,
      Issues: {},
    });
    expect(Object.keys(defaults)).toEqual(settingKeys);
  });

  test.each(settingKeys)('%s has a default that is allowed, and words for an admin', (key) => {
    const definition = definitions[key];
    const { title, description } = settingTexts[key];
    expect(z.safeParse(definition.type(), definition.fallback).success).toBe(true);
    expect(key).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(description).toMatch(/^.*\.$/);
    expect(definition.expected).toMatch(/[^.]$/);
  });

  test('that are not set are defaults, and no problem', () => {
    const { origins, problems } = effectiveSettings([managed({}), user({})]);
    expect(problems).toEqual([]);
    expect(new Set(settingKeys.map((key) => origins.get(key)))).toEqual(new Set(['default']));
  });
});

describe('a value', () => {
  test('of a contact is one line, and its link has an allowed scheme', () => {
    const { values, problems } = effectiveSettings([
      managed({
        HelpdeskName: 'Two\nlines',
        HelpdeskURL: 'ftp://files.contoso.com',
        HelpdeskPhone: ' ',
        OrganizationName: 'Contoso & Söhne',
      }),
    ]);
    expect(values.OrganizationName).toBe('Contoso & Söhne');
    expect([values.HelpdeskName, values.HelpdeskURL, values.HelpdeskPhone]).toEqual([null, null, null]);
    expect(problems.map(({ key }) => key)).toEqual(['HelpdeskName', 'HelpdeskURL', 'HelpdeskPhone']);
    expect(problems[1]?.message).toContain('not a link of the scheme ftp, which is refused');
    expect(problems[1]?.message).not.toContain('contoso');
  });

  test.each([
    ['https://files.example.com/psso/', null],
    ['https://acme.blob.core.windows.net/psso?sv=2024-11-04&sp=c&sig=a%2Fb%3D', null],
    ['file:///Volumes/PSSO%20Monitor/macs', null],
    [
      'http://files.example.com/psso/',
      'a link of the scheme http, which sends the histories without encryption',
    ],
    ['sftp://files.example.com/', 'a link of the scheme sftp, which is refused'],
    ['files.example.com', 'a text without a scheme'],
    ['https://', 'a link without a host'],
    ['https://?sig=1', 'a link without a host'],
    ['https://jo:secret@files.example.com/', 'a link with a name or a password'],
    ['https://files.example.com/a"b', 'a link with characters that must be written as %XX'],
    ['https://files.example.com/a\nurl = x', 'a link with characters that must be written as %XX'],
    ['https://files.example.com/#part', 'a link with characters that must be written as %XX'],
    [`https://files.example.com/${'a'.repeat(2000)}`, 'a link of more than 2000 characters'],
    ['file:///Users/Shared', 'a folder outside of /Volumes'],
    ['file:///Volumes/', 'a folder outside of /Volumes'],
    ['file:///Volumes/psso/../../etc', 'a folder with characters that the collector does not take'],
    ['file:///Volumes/psso%2F', 'a folder with characters that the collector does not take'],
  ])('of the place for histories: %s', (place, mistake) => {
    const { values, problems } = effectiveSettings([managed({ CollectURL: place })]);
    expect(values.CollectURL).toBe(mistake === null ? place : null);
    expect(problems.map(({ message }) => message)).toEqual(
      mistake === null ? [] : [expect.stringContaining(mistake)],
    );
    expect(JSON.stringify(problems)).not.toMatch(/example|secret/);
  });

  test.each([
    ['PollIntervalSeconds', 60],
    ['PollIntervalSeconds', 3600],
    ['TroublePollIntervalSeconds', 30],
    ['TroublePollIntervalSeconds', 600],
    ['RetentionDays', 1],
    ['RetentionDays', 3650],
    ['NotificationsEnabled', false],
    ['NotificationChannel', 'swiftDialog'],
    ['NotificationChannel', 'none'],
    ['QuietHours', { Start: '22:00', End: '07:00' }],
    ['MaximumNotificationsPerDay', 0],
    ['MaximumNotificationsPerDay', 20],
    ['DisabledIssues', ['psso-not-registered']],
    ['Language', 'de'],
    ['IdpMinimumPasswordLength', 14],
    ['IdpCharacterClasses', 4],
    ['LogLevel', 'debug'],
  ])('%s: %j is taken', (key, value) => {
    const { values, origins, problems } = effectiveSettings([managed({ [key]: value })]);
    expect(values).toEqual({ ...defaults, [key]: value });
    expect(isSettingKey(key) && origins.get(key)).toBe('managed');
    expect(problems).toEqual([]);
  });

  test.each([
    ['PollIntervalSeconds', 59, '60 to 3600, not 59'],
    ['PollIntervalSeconds', 3601, '60 to 3600, not 3601'],
    ['PollIntervalSeconds', 60.5, 'a whole number'],
    ['PollIntervalSeconds', Number.NaN, 'not NaN'],
    ['PollIntervalSeconds', '300', 'not this text'],
    ['TroublePollIntervalSeconds', 29, '30 to 600'],
    ['TroublePollIntervalSeconds', 601, '30 to 600'],
    ['RetentionDays', 0, '1 to 3650'],
    ['RetentionDays', 3651, '1 to 3650'],
    ['NotificationsEnabled', 'yes', 'true or false, not this text'],
    ['NotificationsEnabled', 1, 'true or false, not 1'],
    ['NotificationChannel', 'mail', 'automatic, swiftDialog, ibmNotifier, osascript'],
    ['QuietHours', '22:00-07:00', 'Start and End'],
    ['QuietHours', { Start: '22:00' }, 'not a dictionary without End'],
    ['QuietHours', { Start: '24:00', End: '07:00' }, 'HH:MM'],
    ['QuietHours', { Start: '9:00', End: '17:00' }, 'HH:MM'],
    ['QuietHours', { Start: '09:00', End: '09:00' }, 'two different times'],
    ['MaximumNotificationsPerDay', 21, '0 to 20'],
    ['MaximumNotificationsPerDay', -1, '0 to 20'],
    ['DisabledIssues', 'psso-not-registered', 'a list'],
    ['DisabledIssues', [1], 'not this list'],
    ['Language', 'tlh', 'automatic, en, de'],
    ['IdpPasswordChangedAt', 'yesterday', '2026-11-23T09:00:00Z'],
    ['IdpPasswordChangedAt', '2026-02-30T09:00:00Z', 'ISO 8601'],
    ['IdpPasswordChangedAt', '2026-03-02T09:00:00', 'ISO 8601'],
    ['IdpPasswordChangedAt', new Date(Number.NaN), 'not a date'],
    ['IdpPasswordChangedAt', new Date(8.64e15), 'ISO 8601'],
    ['IdpMinimumPasswordLength', 0, '1 to 256'],
    ['IdpCharacterClasses', 5, '0 to 4'],
    ['LogLevel', 'loud', 'debug, info'],
  ])('%s: %j is refused, by its name and with what would be right', (key, value, right) => {
    const { values, origins, problems } = effectiveSettings([managed({ [key]: value })]);
    expect(values).toEqual(defaults);
    expect(isSettingKey(key) && origins.get(key)).toBe('default');
    expect(problems).toEqual([{ key, origin: 'managed', message: expect.stringContaining(right) }]);
    expect(problems[0]?.message).toContain(`The setting ${key} must be `);
  });

  test('that is refused is not repeated: it may be anything', () => {
    const secret = 'hunter2-tenant-secret';
    const { problems } = effectiveSettings([
      managed({ Language: secret, PollIntervalSeconds: [secret], QuietHours: { Start: secret } }),
    ]);
    expect(problems.length).toBe(3);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });

  test.each([
    [new Date(Date.UTC(2026, 2, 2, 9)), '2026-03-02T09:00:00Z'],
    ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z'],
    ['2026-03-02T10:00:00.250+01:00', '2026-03-02T09:00:00.250Z'],
  ])('of IdpPasswordChangedAt may be a date or an instant with its zone: %s', (value, expected) => {
    expect(effectiveSettings([managed({ IdpPasswordChangedAt: value })]).values.IdpPasswordChangedAt).toBe(
      expected,
    );
  });

  test('of DisabledIssues that this version does not know is kept, and reported', () => {
    const ids = ['psso-not-registered', 'pssso-not-registered'];
    const { values, problems } = effectiveSettings([managed({ DisabledIssues: ids })]);
    expect(values.DisabledIssues).toEqual(ids);
    expect(problems).toEqual([
      { key: 'DisabledIssues', origin: 'managed', message: expect.stringMatching(/^1 .*unknown/) },
    ]);
  });
});

describe('layers', () => {
  test('that only the admin may set is not taken from the user, and reported', () => {
    const { values, origins, problems } = effectiveSettings([
      user({ RetentionDays: 1, StoredIdentity: 'full', Language: 'de' }),
    ]);
    expect([values.RetentionDays, values.StoredIdentity, values.Language]).toEqual([180, 'none', 'de']);
    expect(origins.get('RetentionDays')).toBe('default');
    expect(problems.map(({ key, origin }) => [key, origin])).toEqual([
      ['RetentionDays', 'user'],
      ['StoredIdentity', 'user'],
    ]);
    expect(problems[0]?.message).toBe(
      'The setting RetentionDays can only be set by the admin; it is ignored.',
    );
  });

  test('the stronger one wins, key by key, and says where it came from', () => {
    const { values, origins, problems } = effectiveSettings([
      managed({ Language: 'de' }),
      managed({ Language: 'en', RetentionDays: 30 }),
      user({ Language: 'en', Reminders: 'once' }),
    ]);
    expect([values.Language, values.RetentionDays, values.Reminders]).toEqual(['de', 30, 'once']);
    expect([origins.get('Language'), origins.get('RetentionDays'), origins.get('Reminders')]).toEqual([
      'managed',
      'managed',
      'user',
    ]);
    expect(problems).toEqual([]);
  });

  test('an invalid value leaves it to the next one', () => {
    const { values, origins, problems } = effectiveSettings([
      managed({ RetentionDays: 'long' }),
      managed({ RetentionDays: 30 }),
    ]);
    expect([values.RetentionDays, origins.get('RetentionDays')]).toEqual([30, 'managed']);
    expect(problems.map((problem) => problem.key)).toEqual(['RetentionDays']);
  });
});

describe('keys', () => {
  test('may begin with a small letter', () => {
    const { values, problems } = effectiveSettings([
      managed({ idpCharacterClasses: 4, notificationsEnabled: false }),
    ]);
    expect([values.IdpCharacterClasses, values.NotificationsEnabled]).toEqual([4, false]);
    expect(problems).toEqual([]);
  });

  test('that MDM adds are passed over', () => {
    const { problems } = effectiveSettings([
      managed({ PayloadUUID: 'x', PayloadType: 'y', PayloadVersion: 1, _manualProfile: true }),
    ]);
    expect(problems).toEqual([]);
  });

  test.each([['PollInterval'], ['pollintervalseconds'], ['constructor'], ['toString'], ['']])(
    '%j is no setting, and is reported',
    (key) => {
      const { values, problems } = effectiveSettings([managed(Object.fromEntries([[key, 60]]))]);
      expect(values).toEqual(defaults);
      expect(problems).toEqual([{ key, origin: 'managed', message: expect.stringContaining(`"${key}"`) }]);
    },
  );

  test('that are unknown are reported in a short, safe text', () => {
    const [problem] = effectiveSettings([managed({ [`a\u001b[2J\n${'b'.repeat(5000)}`]: 1 })]).problems;
    expect(problem?.message).toMatch(/^There is no setting "a\[2J b+…"; it is ignored\.$/);
    expect(problem?.message.length).toBeLessThan(120);
    expect(problem?.key.length).toBeLessThanOrEqual(60);
  });
});

test('every profile leads to valid settings', () => {
  const key = fc.oneof(fc.constantFrom(...settingKeys), fc.string());
  const value = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.string(),
    fc.date({ noInvalidDate: false }),
    fc.date().map((date) => date.toISOString()),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.record({ Start: fc.string(), End: fc.string() }),
    fc.constantFrom('22:00', 'automatic', 'de', null, undefined, 12n),
  );
  const layer = fc.record({
    origin: fc.constantFrom('managed' as const, 'user' as const),
    entries: fc.dictionary(key, value, { maxKeys: 8 }),
  });
  fc.assert(
    fc.property(fc.array(layer, { maxLength: 3 }), (layers) => {
      const { values, problems } = effectiveSettings(layers);
      for (const [name, { type }] of Object.entries(definitions)) {
        expect(z.safeParse(type(), Object.entries(values).find(([one]) => one === name)?.[1]).success).toBe(
          true,
        );
      }
      for (const problem of problems) expect(problem.message).toMatch(/\.$/);
    }),
    { numRuns: 300 },
  );
});
