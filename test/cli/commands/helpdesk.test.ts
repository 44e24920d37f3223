import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';

const scenarios = fileURLToPath(new URL('../../scenarios/', import.meta.url));
let folder: string;
let blocked: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-helpdesk-'));
  blocked = await replayed('per-user-mfa-blocks-password-sync');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function replayed(scenario: string): Promise<string> {
  const data = join(folder, scenario);
  await replayInto(data, join(scenarios, `${scenario}.ndjson`));
  return data;
}

describe('a database whose agent is gone', () => {
  test('prints the known duration of an issue and the end of the history', () => {
    const { stdout } = cli(['issues', '--data-dir', blocked]);
    expect(stdout).toMatch(/open +psso-not-registered +\S+ \S+ +6 h /);
    expect(stdout).toMatch(/^The history ends at 2026-03-02 \d\d:00; the state since then is unknown\.$/m);
    expect(cli(['explain', 'psso-not-registered', '--data-dir', blocked]).stdout).toMatch(
      /Open since 2026-03-02 \d\d:00 \(6 h\)\. .*\n {2}The history ends at/,
    );
  });

  test('prints one start time', () => {
    const { stdout } = cli(['status', '--data-dir', blocked]);
    const [first = '', , issue = ''] = stdout.split('\n');
    expect(/ since (\S+ \S+):/.exec(issue)?.[1]).toBe(/ Since (\S+ \S+)\.$/.exec(first)?.[1]);
  });
});

describe('a profile that macOS has not applied', () => {
  test('has no steps for the user, also while app-sso can not be read', async () => {
    const lines = readFileSync(
      join(scenarios, 'psso-not-registered.profile-without-effect.ndjson'),
      'utf8',
    ).split('\n');
    const scenario = join(folder, 'without-effect.ndjson');
    writeFileSync(
      scenario,
      [...lines.slice(0, 3), '{"at":"+2h","appSso":{"fail":"timeout"}}', '{"at":"+3h","end":true}'].join(
        '\n',
      ),
    );
    const data = join(folder, 'without-effect');
    await replayInto(data, scenario);
    expect(cli(['issues', '--data-dir', data]).stdout).toContain('psso-not-registered');
    expect(cli(['advice', '--data-dir', data]).stdout).not.toContain('Registration Required');
  });
});

describe('a mistaken call', () => {
  test('explain of a possible cause names the issue that it may explain', () => {
    const { stdout } = cli(['explain', 'per-user-mfa-blocks-password-sync', '--data-dir', blocked]);
    expect(stdout).toContain(
      "The Mac alone can't show this. It is a possible cause of psso-not-registered, open since",
    );
    expect(cli(['explain', 'sso-tokens-missing', '--data-dir', blocked]).stdout).toContain('Not seen.');
  });

  test.each([
    [['events', '--since', '2999-01-01'], '--since 2999-01-01 is in the future.'],
    [['report', '--since', '2999-01-01'], '--since 2999-01-01 is in the future.'],
  ])('%j is refused with the next step', (args, says) => {
    const { status, stderr } = cli([...args, '--data-dir', blocked]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(says) });
  });

  test('an unknown issue is a warning and no error', () => {
    const { status, stdout, stderr } = cli([
      'events',
      '--issue',
      'psso-not-registred',
      '--data-dir',
      blocked,
    ]);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'No events match.\n',
      stderr:
        'psso-monitor: this version has no issue "psso-not-registred"; ' +
        '`psso-monitor catalogue` lists all. Did you mean psso-not-registered?\n',
    });
    expect(cli(['events', '--issue', 'psso-not-registered', '--data-dir', blocked]).stderr).toBe('');
  });

  test('fleet names a file in place of a folder, with the command for it', () => {
    const pulled = join(folder, 'C02ABC.db');
    copyFileSync(join(blocked, 'events.db'), pulled);
    const { status, stderr } = cli(['status', '--data-dir', pulled]);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining(
        `is a file, not a folder; for a report of it:\n  psso-monitor report --database ${pulled}`,
      ),
    });
  });
});

describe('evidence', () => {
  test('is printed in words, with the meaning of a number', async () => {
    const { stdout } = cli(['explain', 'psso-not-registered', '--data-dir', blocked]);
    expect(stdout).toContain('\n  state of the user: 4 (a new user: registration is pending)\n');
    expect(stdout).toContain('\n  macOS lists the user: yes\n');
    expect(stdout).toContain('\n  first sighting (confirmed by a second poll): 2026-03-02');
    const late = await replayed('password-change-window-overdue');
    expect(cli(['explain', 'password-change-window-overdue', '--data-dir', late]).stdout).toMatch(
      /\n {2}active time since the due time: \d+ min\n/,
    );
  });
});

describe('a fleet', () => {
  test('names skipped files also when standard output holds events', () => {
    const pulled = join(folder, 'pulled');
    mkdirSync(pulled);
    copyFileSync(join(blocked, 'events.db'), join(pulled, 'A.db'));
    writeFileSync(join(pulled, 'B.db'), 'no database at all');
    const { status, stdout, stderr } = cli(['fleet', pulled, '--otel', '-']);
    expect(status).toBe(1);
    expect(stdout).toContain('resourceLogs');
    expect(stderr).toMatch(/^psso-monitor: skipped .*pulled\/B\.db: it is not an SQLite database\.$/m);
  });

  test('reports a changed profile as changed, not removed', async () => {
    const pulled = join(folder, 'changed');
    mkdirSync(pulled);
    const lines = readFileSync(
      join(scenarios, 'psso-not-registered.profile-without-effect.ndjson'),
      'utf8',
    ).split('\n');
    const scenario = join(folder, 'changed.ndjson');
    const { profile } = JSON.parse(lines[2] ?? '');
    writeFileSync(
      scenario,
      [
        lines[0],
        JSON.stringify({ at: '+1h', profile }),
        '{"at":"+2h","psso":{"registered":false,"userPresent":false}}',
        '{"at":"+3h","end":true}',
      ].join('\n'),
    );
    await replayInto(join(pulled, 'A'), scenario);
    const { stdout } = cli(['fleet', pulled]);
    expect(stdout).toContain('SSO profile changed');
    expect(stdout).not.toContain('SSO profile removed');
  });

  test('counts token cycles that have not ended', async () => {
    const pulled = join(folder, 'open');
    mkdirSync(pulled);
    const scenario = join(folder, 'open.ndjson');
    writeFileSync(
      scenario,
      '{"scenario":"asked","start":"2026-03-02T08:00:00Z","macos":"15.6","user":"alex"}\n{"at":"+1h","psso":{"state":1}}\n{"at":"+2h","end":true}\n',
    );
    await replayInto(join(pulled, 'A'), scenario);
    expect(cli(['fleet', pulled]).stdout).toContain(
      'One password window is open; none has been refreshed yet.',
    );
    expect(cli(['sync', '--data-dir', join(pulled, 'A')]).stdout).toMatch(/open/);
  });
});

describe('config --check', () => {
  test.each([
    ['<key>StoredIdentity</key><string>yes</string>', /^(?!.*<true\/>)/],
    ['<key>Language</key><string>300</string>', /^(?!.*<integer>)/],
    ['<key>Language</key><array><string>de</string></array>', /^(?!.*There is no)/],
    ['<key>PollIntervalSeconds</key><string>300</string>', /it must be <integer>/],
    ['<key>NotificationsEnabled</key><string>yes</string>', /it must be <true\/> or <false\/>/],
    [
      '<key>IgnoredIssues</key><array><string>psso-not-registred</string><string>foo</string></array>',
      /There is no issue "psso-not-registred" \(did you mean psso-not-registered\?\), nor "foo"\./,
    ],
  ])('prints a hint for the setting: %s', (entry, says) => {
    const file = join(folder, 'settings.plist');
    writeFileSync(
      file,
      `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>${entry}</dict></plist>`,
    );
    const { status, stdout } = cli(['config', '--check', file]);
    expect(status).toBe(1);
    expect(stdout.trim()).toMatch(says);
  });

  test('prints why a file can not be read', () => {
    expect(cli(['config', '--check', join(folder, 'none')]).stderr).toContain('there is no such file');
    expect(cli(['config', '--check', folder]).stderr).toContain('it is a folder');
  });
});
