import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { buildBinary } from 'plist';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { initialMac } from '../../../agent/mac/simulated/model.ts';
import { renderAppSso } from '../../../agent/mac/sources/app-sso/simulated.ts';
import { installSysroot } from '../../../agent/simulation/sysroot.ts';
import { testText } from '../../../agent/texts/user-texts.ts';
import { cli } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';
import { scenarioFile } from '../../helpers/scenario-file.ts';

const scenarios = fileURLToPath(new URL('../../scenarios/', import.meta.url));
let folder: string;
let broken: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-commands-'));
  broken = join(folder, 'broken');
  await replayInto(broken, join(scenarios, 'insufficient-join-permissions-silent.ndjson'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('for the helpdesk, after a day with an issue', () => {
  test('status prints open issues and exits with 1', () => {
    const { status, stdout } = cli(['status', '--data-dir', broken]);
    expect(status).toBe(1);
    expect(stdout).toContain('psso-not-registered');
    expect(stdout).toContain('psso-monitor explain --data-dir ');
    const json = JSON.parse(cli(['status', '--json', '--data-dir', broken]).stdout);
    expect(json).toMatchObject({
      headline: 'unknown',
      was: 'not-registered',
      freshness: 'ended',
      state: { registration: 'none', method: 'password' },
    });
    expect(json.openIssues.map((issue: { issue: string }) => issue.issue).sort()).toEqual([
      'psso-not-registered',
      'registration-long-running-macos14',
    ]);
  });

  test('issues lists open issues, and says when none is open', async () => {
    expect(cli(['issues', '--data-dir', broken]).status).toBe(1);
    const fine = join(folder, 'fine');
    await replayInto(fine, scenarioFile('working-day'));
    const { status, stdout } = cli(['issues', '--data-dir', fine]);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^Not known since .* \(was: Platform SSO works\)\nNo issue was open then\.\n$/);
    const all = JSON.parse(cli(['issues', '--all', '--json', '--data-dir', fine]).stdout);
    expect(all).toMatchObject([{ issue: 'password-change-prompt-pending', status: 'resolved' }]);
  });

  test('explain prints evidence, remedies and unproven possible causes', () => {
    const { status, stdout } = cli(['explain', 'registration-long-running-macos14', '--data-dir', broken]);
    expect(status).toBe(0);
    for (const part of [
      'On this Mac',
      'Open since',
      'Evidence',
      'For the admin',
      'none is proven',
      'https://learn.microsoft.com',
    ]) {
      expect(stdout).toContain(part);
    }
    const json = JSON.parse(
      cli(['explain', 'registration-long-running-macos14', '--json', '--data-dir', broken]).stdout,
    );
    expect(json.possibleCauses).toEqual([
      'registration-prompt-closed',
      'insufficient-join-permissions-silent',
      'per-user-mfa-blocks-password-sync',
    ]);
  });

  test('explain works before the first run of the agent', () => {
    const { status, stdout } = cli(['explain', 'sso-tokens-expired', '--data-dir', join(folder, 'none')]);
    expect(status).toBe(0);
    expect(stdout).toContain('Not seen.');
  });

  test('events prints local times with the zone, and aligns columns with colours', () => {
    const env = { FORCE_COLOR: '1', NO_COLOR: '', TZ: 'Europe/Berlin' };
    const { stdout } = cli(['events', '--all', '--data-dir', broken], { env });
    expect(stdout).toContain('\u001b[');
    const lines = stripVTControlCharacters(stdout).trimEnd().split('\n');
    expect(lines.at(-1)).toBe('Times in Europe/Berlin.');
    for (const line of lines.slice(0, -1))
      expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}[a-z-]+ {2,}\S/);
    const issues = stripVTControlCharacters(cli(['issues', '--all', '--data-dir', broken], { env }).stdout);
    const plain = cli(['issues', '--all', '--data-dir', broken], { env: { TZ: 'Europe/Berlin' } }).stdout;
    expect(issues).toBe(plain);
  });

  test('events --json prints filtered rows with the columns of the view', () => {
    const { stdout } = cli(['events', '--json', '--kind', 'issue-opened', '--data-dir', broken]);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.length).toBe(2);
    expect(Object.keys(rows[0])).toEqual([
      'id',
      'at',
      'kind',
      'issue',
      'severity',
      'summary',
      'detail',
      'from_state',
      'to_state',
      'macos',
      'agent_version',
    ]);
    expect(cli(['events', '--last', '1', '--data-dir', broken]).stdout).toContain('agent-stopped');
  });

  test('a silenced notification is recorded as suppressed', () => {
    const kept = join(folder, 'silenced');
    const now = new Date(Date.now() - 60_000).toISOString();
    const file = join(folder, 'silenced.ndjson');
    writeFileSync(
      file,
      `${JSON.stringify({ scenario: 'x', start: now, macos: '15.6', user: 'alex' })}\n{"at":"+10m","psso":{"state":2}}\n{"at":"+2h","end":true}\n`,
    );
    expect(cli(['silence', 'registration-needs-repair', '--for', '7d', '--data-dir', kept]).status).toBe(0);
    const lines = cli(['replay', file, '--json', '--data-dir', kept]).stdout.trim().split('\n');
    const notifications = lines
      .map((line) => JSON.parse(line))
      .filter((line) => line.type === 'notification');
    expect(notifications).toMatchObject([
      { issue: 'registration-needs-repair', shown: false, suppressed: 'silenced' },
    ]);
  });

  test('a silence is listed, and can be ended', () => {
    const at = ['--data-dir', broken];
    expect(cli(['silence', 'psso-not-registered', '--for', '7d', ...at]).stdout).toContain('silent until');
    expect(Object.keys(JSON.parse(cli(['silence', '--json', ...at]).stdout))).toEqual([
      'psso-not-registered',
    ]);
    expect(cli(['silence', 'psso-not-registered', '--end', ...at]).stdout).toBe('No issue is silenced.\n');
  });
});

describe('parse', () => {
  const now = Date.parse('2026-03-02T10:00:00Z');
  const printed = () => renderAppSso(initialMac({ start: now, macos: '15.6', user: 'alex' }), now);

  test.each(['-', 'file'])('reads %s', (from) => {
    const file = join(folder, 'app-sso.txt');
    writeFileSync(file, printed());
    const { status, stdout } =
      from === '-'
        ? cli(['parse', 'app-sso'], { input: printed() })
        : cli(['parse', 'app-sso', file, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'registered',
      reason: null,
      observedAt: '2026-03-02T10:00:00Z',
      method: 'password',
      identityProvider: 'entra',
      tokens: { receivedAt: '2026-03-02T10:00:00Z', expired: false },
    });
    expect(stdout).not.toContain('alex');
  });

  test('bad input gives an answer and exit status 0', () => {
    const { status, stdout } = cli(['parse', 'app-sso', '-'], { input: 'nonsense' });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'unknown', reason: 'malformed' });
  });

  test('input over the limit is not read, and a warning says so', () => {
    const { status, stdout } = cli(['parse', 'app-sso', '-'], { input: Buffer.alloc(17 * 1024 * 1024, 'x') });
    expect(status).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ status: 'unknown', reason: 'malformed' });
    expect(answer.warnings).toEqual([expect.stringContaining('16 MiB')]);
  });

  test('a missing file is wrong usage, in one line', () => {
    const { status, stderr } = cli(['parse', 'app-sso', join(folder, 'nothing')]);
    expect(status).toBe(2);
    expect(stderr.trim().split('\n').length).toBe(1);
  });
});

describe('notify --test', () => {
  test('passes title and text as arguments, so code is shown as text', () => {
    const sysroot = join(folder, 'mac');
    const mac = installSysroot(sysroot);
    const title = `-e "quoted" 'single' $(touch hacked) \`id\``;
    const body = 'first line\nsecond line 🎉 -- end run';
    const { status } = cli(['notify', '--test', `--title=${title}`, '--body', body, '--sysroot', sysroot]);
    expect(status).toBe(0);
    expect(mac.calls('osascript').map((call) => call.slice(-2))).toEqual([
      [title, 'first line second line 🎉 -- end run'],
    ]);
    const script = mac.calls('osascript')[0]?.slice(0, -3).join(' ') ?? '';
    expect(script).not.toContain('quoted');
  });

  test('uses the language of macOS', () => {
    const sysroot = join(folder, 'mac-of-a-german');
    const mac = installSysroot(sysroot);
    writeFileSync(
      join(sysroot, 'Users', userInfo().username, 'Library/Preferences/.GlobalPreferences.plist'),
      buildBinary({ AppleLanguages: ['de-CH', 'en-CH'], AppleLocale: 'de_CH' }),
    );
    expect(cli(['notify', '--test', '--sysroot', sysroot]).status).toBe(0);
    const { title, body } = testText('de');
    expect(mac.calls('osascript').map((call) => call.slice(-2))).toEqual([[title, body]]);
  });

  test('says when there is no channel', () => {
    const { status, stdout } = cli(['notify', '--test', '--sysroot', join(folder, 'empty')]);
    expect(status).toBe(1);
    expect(stdout).toContain('no notification program');
  });
});
