import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, buildBinary } from 'plist';
import { beforeEach, describe, expect, test } from 'vitest';
import { SystemFiles } from '../../agent/mac/system-files.ts';
import { createSettingsReader, preferencesDomain } from '../../agent/settings/read-settings.ts';
import { installFile, temporarySysroot } from '../mac/temporary-sysroot.ts';

const ofTheMac = `/Library/Managed Preferences/${preferencesDomain}.plist`;
const ofTheUser = `/Library/Managed Preferences/alex/${preferencesDomain}.plist`;
const who = { name: 'alex', home: '/Users/alex' };

let sysroot: string;
let read: ReturnType<typeof createSettingsReader>;

beforeEach(async () => {
  sysroot = await temporarySysroot();
  read = createSettingsReader({ files: new SystemFiles(sysroot), who });
});

const manage = (path: string, content: string | Uint8Array) => installFile(sysroot, path, content);
const problemsOf = async () => (await read()).problems.map((problem) => problem.message);

describe('managed preferences', () => {
  test('that are not there leave the defaults', async () => {
    const { values, problems } = await read();
    expect(values.PollIntervalSeconds).toBe(300);
    expect(problems).toEqual([]);
  });

  test.each([
    ['binary, as MDM writes them', buildBinary],
    ['XML', build],
  ])('are read: %s', async (_what, write) => {
    await manage(
      ofTheMac,
      write({
        PollIntervalSeconds: 600,
        NotificationsEnabled: false,
        QuietHours: { Start: '20:00', End: '08:00' },
        DisabledIssues: ['psso-not-registered'],
        IdpPasswordChangedAt: new Date(Date.UTC(2026, 2, 2, 9)),
        PayloadUUID: 'not a setting',
      }),
    );
    const { values, origins, problems } = await read();
    expect(problems).toEqual([]);
    expect(values).toMatchObject({
      PollIntervalSeconds: 600,
      NotificationsEnabled: false,
      QuietHours: { Start: '20:00', End: '08:00' },
      DisabledIssues: ['psso-not-registered'],
      IdpPasswordChangedAt: '2026-03-02T09:00:00Z',
    });
    expect([origins.get('QuietHours'), origins.get('Language')]).toEqual(['managed', 'default']);
  });

  test("of the user go before the Mac's, key by key; another user's do not count", async () => {
    await manage(ofTheMac, buildBinary({ Language: 'en', RetentionDays: 30 }));
    await manage(ofTheUser, buildBinary({ Language: 'de' }));
    await manage(ofTheUser.replace('alex', 'blair'), buildBinary({ RetentionDays: 7 }));
    const { values } = await read();
    expect([values.Language, values.RetentionDays]).toEqual(['de', 30]);
  });

  test('that change are in force at the next reading, and gone with their profile', async () => {
    await manage(ofTheMac, buildBinary({ RetentionDays: 30 }));
    await manage(ofTheUser, buildBinary({ RetentionDays: 60 }));
    expect((await read()).values.RetentionDays).toBe(60);
    await manage(ofTheUser, buildBinary({ RetentionDays: 90 }));
    expect((await read()).values.RetentionDays).toBe(90);
    await rm(join(sysroot, ofTheUser));
    expect((await read()).values.RetentionDays).toBe(30);
    await rm(join(sysroot, ofTheMac));
    expect((await read()).values.RetentionDays).toBe(180);
  });

  test('that go at once, both of them, are both gone', async () => {
    await manage(ofTheMac, buildBinary({ RetentionDays: 30 }));
    await manage(ofTheUser, buildBinary({ Language: 'de' }));
    await read();
    await rm(join(sysroot, ofTheUser));
    await rm(join(sysroot, ofTheMac));
    expect((await read()).values).toMatchObject({ RetentionDays: 180, Language: 'automatic' });
  });

  test('that did not change are not worked out again', async () => {
    await manage(ofTheMac, buildBinary({ RetentionDays: 30 }));
    expect(await read()).toBe(await read());
  });
});

describe('an invalid file', () => {
  test.each([
    ['cut off', buildBinary({ RetentionDays: 30 }).slice(0, 30), 'are not a property list of settings'],
    ['empty', '', 'are not a property list of settings'],
    ['not a property list', 'RetentionDays = 30', 'are not a property list of settings'],
    ['a list', build(['RetentionDays']), 'are not a property list of settings'],
    ['far too large', new Uint8Array(300_000), 'can not be read'],
  ])('(%s) is reported once, and the defaults apply', async (_what, content, wrong) => {
    await manage(ofTheMac, content);
    const { values, problems } = await read();
    expect(values.RetentionDays).toBe(180);
    expect(problems).toEqual([
      {
        key: '',
        origin: 'managed',
        message: expect.stringContaining(`this Mac's managed preferences ${wrong}; the defaults hold.`),
      },
    ]);
    expect(await problemsOf()).toEqual(problems.map((problem) => problem.message));
  });

  test('keeps its last valid values in force, since the MDM may be rewriting it', async () => {
    await manage(ofTheMac, buildBinary({ NotificationsEnabled: false }));
    await read();
    await manage(ofTheMac, '');
    expect((await read()).values.NotificationsEnabled).toBe(false);
    expect(await problemsOf()).toEqual([expect.stringContaining('what they said before stays in force')]);
    await manage(ofTheMac, buildBinary({ NotificationsEnabled: true }));
    expect((await read()).values.NotificationsEnabled).toBe(true);
    expect(await problemsOf()).toEqual([]);
  });

  test('leaves the other one in force, and does not name the account', async () => {
    await manage(ofTheMac, buildBinary({ RetentionDays: 30 }));
    await mkdir(join(sysroot, ofTheUser), { recursive: true });
    expect((await read()).values.RetentionDays).toBe(30);
    const [problem] = await problemsOf();
    expect(problem).toContain("this user's managed preferences can not be read");
    expect(problem).not.toContain('alex');
  });
});

describe("the user's own file", () => {
  const withFile = (text: () => string | null) =>
    createSettingsReader({ files: new SystemFiles(sysroot), who, userFile: text });

  test('sets what a user may set, below what is managed, and is read again when it changes', async () => {
    await manage(ofTheMac, buildBinary({ Language: 'en' }));
    let text: string | null = JSON.stringify({
      language: 'de',
      QuietHours: { Start: '18:00', End: '08:00' },
    });
    const own = withFile(() => text);
    const first = await own();
    expect(first.values).toMatchObject({ Language: 'en', QuietHours: { Start: '18:00', End: '08:00' } });
    expect(first.origins.get('QuietHours')).toBe('user');
    text = null;
    expect((await own()).values.QuietHours).toBeNull();
  });

  test.each([
    ['not JSON', '{'],
    ['a list', '[]'],
    ['far too large', `{"a":"${'x'.repeat(70_000)}"}`],
  ])('that is %s is one reported problem', async (_what, text) => {
    const { values, problems } = await withFile(() => text)();
    expect(values.PollIntervalSeconds).toBe(300);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ origin: 'user' });
    expect(problems[0]?.message).toMatch(/^settings\.json.*ignored\.$/);
  });

  test('that can not be read is a problem too', async () => {
    const { problems } = await withFile(() => {
      throw new Error('EACCES');
    })();
    expect(problems).toHaveLength(1);
  });
});
