import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandsOnOwnLines } from '../../agent/cli/print/wrap-text.ts';
import { until } from '../helpers/until.ts';
import { type Judged, type WalkedMac, walkedMac } from './walked-mac.ts';

let mac: WalkedMac;

beforeEach(() => {
  mac = walkedMac();
});

afterEach(() => mac.end());

const stepOf = ({ output }: Pick<Judged, 'output'>, id: string) =>
  output.steps.find((step) => step.id === id);
const newPassword = () => ({ psso: { state: 0, receivedAt: Date.now() }, passwordLastSetAt: Date.now() });
const prompt = { psso: { state: 1 } };
const lost = { psso: { registered: false, userPresent: false } };
const registered = { psso: { registered: true, userPresent: true } };
const walkFile = () => join(mac.dataDir, 'validation.json');

const leftBehind = {
  workplaceJoin: {
    text: 'keychain: "/Users/alex/Library/Keychains/login.keychain-db"\nversion: 256\nclass: 0x80001000 \nattributes:\n    "issu"<blob>=0x3000  "0\\201\\2071x0v\\006MS-ORGANIZATION-ACCESS"\n    "labl"<blob>="0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"\n',
  },
};

describe('six that pass, with the real agent running', () => {
  test('1: a self-service reset that macOS asks for; each stage is shown as it happens', async () => {
    await mac.startAgent();
    const walk = mac.walk('--skip', 'repair');
    await walk.until('No new password has reached the Mac.');
    mac.apply(prompt);
    await walk.until('  macOS asks for the new password.\n');
    mac.apply(newPassword());
    expect(await walk.ended).toBe(0);
    expect(walk.printed()).toMatch(/A new password reaches the Mac: Passed 2\d{3}-/);
    expect(walk.printed()).toMatch(
      /:\d\d {2}macOS asks for the new password\n.*was typed.*\n.*new tokens\n.*local password\n/,
    );
    expect(walk.printed()).toContain('Repair of a registration: Skipped');
    expect(walk.printed()).not.toContain('\u001b');
    const { status, results, output } = mac.judge();
    expect(status).toBe(0);
    expect(results).toMatchObject({
      preconditions: 'passed',
      registration: 'passed',
      'password-sync': 'passed',
      repair: 'skipped',
      extension: 'passed',
      agent: 'passed',
      autofill: 'passed',
      migration: 'not-possible',
    });
    expect(stepOf({ output }, 'password-sync')?.stages.map(({ at }) => at)).not.toContain(null);
  });

  test('2: a new password that was typed at the lock screen, without a prompt', async () => {
    await mac.startAgent();
    const walk = mac.walk('--skip', 'repair');
    await walk.until('No new password has reached the Mac.');
    mac.apply(newPassword());
    expect(await walk.ended).toBe(0);
    const step = stepOf(mac.judge(), 'password-sync');
    expect(step).toMatchObject({ result: 'passed', sentence: expect.stringContaining('without a prompt') });
    expect(step?.stages.find(({ id }) => id === 'prompt')?.at).toBeNull();
  });

  test.each([
    ['3', '15.6', 'registration-needs-repair', 'Edit > Repair'],
    ['4', '13.6', 'deregister-reregister-macos13', 'Preferences > Deregister'],
  ])('%s: the repair path of macOS %s', async (_, macos, issue, path) => {
    mac.apply({ macos });
    await mac.startAgent();
    const walk = mac.walk('--skip', 'password-sync');
    await walk.until('No registration was repaired.');
    // A line of its own, which can come in a later chunk.
    await walk.until(path);
    mac.apply(lost);
    await walk.until('Repair of a registration: Failed');
    expect(mac.isOpen(issue)).toBe(true);
    mac.apply(registered);
    expect(await walk.ended).toBe(0);
    expect(mac.judge().results).toMatchObject({
      registration: 'passed',
      repair: 'passed',
      'password-sync': 'skipped',
    });
  });

  test('5: the first registration', async () => {
    mac.apply(lost);
    await mac.startAgent();
    const walk = mac.walk('--skip', 'password-sync', 'repair');
    await walk.until('Registration: Failed');
    mac.apply(registered);
    expect(await walk.ended).toBe(0);
    expect(stepOf(mac.judge(), 'registration')).toMatchObject({
      result: 'passed',
      sentence: expect.stringContaining('Registration is complete.'),
      judgedBy: expect.arrayContaining(['v_events: registration-completed, re-registered']),
    });
  });

  test('6: a migration, on a Mac with a Secure Enclave key', async () => {
    await mac.record({ hours: 6 }, [
      {
        at: '+0s',
        psso: { registered: false, userPresent: false, method: 'secureEnclaveKey' },
        ...leftBehind,
      },
      { at: '+1h', psso: { registered: true, userPresent: true } },
      { at: '+1h10m', workplaceJoin: null },
      { at: '+5h50m', psso: { receivedAt: '+5h50m' } },
    ]);
    mac.apply({ psso: { method: 'secureEnclaveKey' } });
    await mac.startAgent();
    const walk = mac.walk('--skip', 'repair');
    expect(await walk.ended).toBe(0);
    expect(walk.printed()).toContain('Migration from Workplace Join: Passed');
    expect(mac.judge().results).toMatchObject({ migration: 'passed', 'password-sync': 'not-possible' });
  });
});

interface Failure {
  readonly number: number;
  readonly step: string;
  readonly issue: string;
  /** Applied while the agent runs, or recorded before. */
  readonly change: Readonly<Record<string, unknown>>;
  readonly hoursAgo: number;
  readonly remedy: RegExp;
}

const failures: readonly Failure[] = [
  {
    number: 1,
    step: 'preconditions',
    issue: 'company-portal-missing',
    change: { companyPortal: null },
    hoursAgo: 5,
    remedy: /Company Portal/,
  },
  {
    number: 2,
    step: 'preconditions',
    issue: 'mdm-enrollment-missing',
    change: { enrolled: false },
    hoursAgo: 0,
    remedy: /[Ee]nrol/,
  },
  {
    number: 3,
    step: 'registration',
    issue: 'registration-needs-repair',
    change: lost,
    hoursAgo: 0,
    remedy: /Edit > Repair/,
  },
];

describe('six that fail, with the real agent running', () => {
  test.each(failures)('$number: $step, by $issue', async ({ step, issue, change, hoursAgo, remedy }) => {
    if (hoursAgo > 0) {
      await mac.record({ hours: hoursAgo + 1 }, [{ at: '+1h', ...change }]);
      mac.apply(change);
    }
    await mac.startAgent();
    mac.apply(change);
    await until(() => mac.isOpen(issue), issue);
    const judged = mac.judge();
    expect(judged.status).toBe(1);
    expect(judged.output.result).toBe('failed');
    const failed = stepOf(judged, step);
    expect(failed).toMatchObject({ result: 'failed', issue, judgedBy: [`v_issues: ${issue}`] });
    expect(failed?.remedy.join('\n')).toMatch(remedy);
    const text = mac.validate('--no-wait');
    expect(text.status).toBe(1);
    expect(text.stdout).toContain('Failed:');
    expect(text.stdout).toContain(commandsOnOwnLines(`  - ${failed?.remedy[0]}`));
  });

  test('4: macOS asks for the new password for more than four hours', async () => {
    await mac.record({ hours: 6 }, [
      { at: '+30m', psso: { state: 1, receivedAt: '+30m' } },
      { at: '+3h', psso: { state: 1, receivedAt: '+3h' } },
    ]);
    mac.apply(prompt);
    await mac.startAgent();
    const judged = mac.judge();
    expect(stepOf(judged, 'password-sync')).toMatchObject({
      result: 'failed',
      issue: 'password-change-prompt-pending',
      at: expect.any(String),
      remedy: expect.arrayContaining([expect.any(String)]),
    });
    expect(judged.status).toBe(1);
  });

  test('5: nothing of a changed password arrives within four hours', async () => {
    await mac.startAgent();
    const walk = mac.walk('--skip', 'repair');
    await walk.until('No new password has reached the Mac.');
    walk.leave();
    await walk.ended;
    const begun = JSON.parse(readFileSync(walkFile(), 'utf8'));
    const startedAt = new Date(Date.now() - 4.1 * 3_600_000).toISOString();
    writeFileSync(walkFile(), JSON.stringify({ ...begun, startedAt }));
    const again = mac.walk();
    expect(await again.ended).toBe(1);
    expect(again.printed()).toContain('No new password reached the Mac within 4 hours');
    expect(again.printed()).toMatch(/psso-monitor validate .*--restart/);
  });

  test('6: no notification channel, and an earlier Workplace Join that stays', async () => {
    await mac.record({ hours: 3 }, [
      { at: '+0s', psso: { registered: false, userPresent: false }, ...leftBehind },
      {
        at: '+20m',
        psso: { registered: true, userPresent: true, deviceId: '99999999-4b5a-6978-8796-a5b4c3d2e1f0' },
      },
    ]);
    mac.manage({ NotificationChannel: 'swiftDialog' });
    mac.apply({ psso: { deviceId: '99999999-4b5a-6978-8796-a5b4c3d2e1f0' }, ...leftBehind });
    await mac.startAgent();
    const judged = mac.judge('--skip', 'repair');
    expect(judged.results).toMatchObject({ migration: 'failed', notification: 'failed', repair: 'skipped' });
    expect(stepOf(judged, 'notification')).toMatchObject({
      judgedBy: ['doctor: notices'],
      remedy: [expect.stringContaining('swiftDialog')],
    });
  });
});

describe('a walk', () => {
  test('is left by Ctrl-C and taken up again; the history between counts', async () => {
    await mac.startAgent();
    const first = mac.walk('--skip', 'repair');
    await first.until('No new password has reached the Mac.');
    first.leave();
    expect(await first.ended).toBe(0);
    expect(first.printed()).toMatch(/Left\. To take it up again:\n.*psso-monitor validate/);
    const begun = JSON.parse(readFileSync(walkFile(), 'utf8'));
    expect(statSync(walkFile()).mode & 0o777).toBe(0o600);
    expect(readdirSync(mac.dataDir).filter((name) => name.endsWith('.partial'))).toEqual([]);
    mac.apply(newPassword());
    await until(() => mac.events().some(({ kind }) => kind === 'password-synced'), 'the sync');
    const second = mac.walk();
    expect(await second.ended).toBe(0);
    expect(second.printed()).toContain('A new password reaches the Mac: Passed');
    const kept = JSON.parse(readFileSync(walkFile(), 'utf8'));
    expect(kept).toMatchObject({ startedAt: begun.startedAt, skipped: ['repair'] });
  });

  test('that begins again counts only what happens from then on', async () => {
    await mac.startAgent();
    mac.apply(newPassword());
    await until(() => mac.events().some(({ kind }) => kind === 'password-synced'), 'the sync');
    expect(mac.judge().results['password-sync']).toBe('passed');
    const { output, results } = mac.judge('--restart', '--skip', 'repair');
    expect(results).toMatchObject({ 'password-sync': 'not-seen', registration: 'passed' });
    expect(output.since).toBe(output.startedAt);
    expect(mac.judge('--since', '1h').results).toMatchObject({
      'password-sync': 'passed',
      repair: 'not-seen',
    });
  });

  test('says that no agent runs, and does not wait', async () => {
    const agent = await mac.startAgent();
    mac.judge('--skip', 'repair');
    agent.child.kill('SIGTERM');
    await agent.ended;
    const { stdout, stderr, status } = mac.validate();
    expect(stderr).toContain('No agent runs for this history');
    expect(stdout).toContain('The agent is not running; it stopped cleanly.');
    expect(status).toBe(1);
  });

  test('writes nothing on the Mac but its progress', async () => {
    await mac.startAgent();
    expect(existsSync(walkFile())).toBe(false);
    const before = readdirSync(mac.dataDir).sort();
    mac.validate('--no-wait');
    expect(readdirSync(mac.dataDir).sort()).toEqual([...before, 'validation.json'].sort());
  });

  test('keeps a damaged progress file until --restart replaces it', async () => {
    await mac.startAgent();
    writeFileSync(walkFile(), '{"version":1,');
    const { status, stderr } = mac.validate('--no-wait');
    expect(status).toBe(1);
    expect(stderr).toContain("validation.json can't be read as the progress of a validation");
    expect(readFileSync(walkFile(), 'utf8')).toBe('{"version":1,');
    mac.judge('--restart');
    expect(JSON.parse(readFileSync(walkFile(), 'utf8'))).toMatchObject({ version: 1, skipped: [] });
  });

  test('names a wrong step, and options that do not fit together', async () => {
    await mac.record({ hours: 1 }, []);
    const wrong = mac.validate('--skip', 'repairs');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('there is no step "repairs"');
    expect(wrong.stderr).toContain('Did you mean repair?');
    const both = mac.validate('--skip', 'repair', '--since', '1d');
    expect(both.status).toBe(2);
    expect(both.stderr).toContain('this judges from history alone');
  });
});
