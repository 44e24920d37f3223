import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBinary } from 'plist';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sysroot } from '../../agent/simulation/sysroot.ts';
import type { StateKey } from '../../agent/store/state-keys.ts';
import { cli } from '../helpers/cli.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { recordedState } from '../helpers/recorded-state.ts';
import { until } from '../helpers/until.ts';
import { type InstalledAgent, installedAgent } from '../installed/installed-agent.ts';

let folder: string;
let dataDir: string;
let sysroot: string;
let mac: Sysroot;
let agent: InstalledAgent;

beforeEach(async () => {
  agent = await installedAgent();
  ({ folder, dataDir, mac } = agent);
  sysroot = join(folder, 'Mac');
});

afterEach(() => agent.end());

const run = () => agent.run();

const events = () => recordedEvents(dataDir);
const kinds = () => events().map((event) => event.kind);
const seen = (kind: string) => kinds().includes(kind);
const state = (key: StateKey) => recordedState(dataDir, key);

describe('the installed agent on a simulated Mac', () => {
  test('observes, records, notifies, and stops cleanly at SIGTERM', async () => {
    const agent = run();
    await until(() => state('headline') === 'ok', 'the first poll');
    mac.apply({ psso: { registered: false, userPresent: false } });
    await until(() => seen('registration-lost'), 'registration-lost');
    await until(() => seen('issue-opened'), 'issue-opened');
    mac.apply({ psso: { registered: true, userPresent: true } });
    await until(() => seen('issue-resolved'), 'issue-resolved');
    agent.child.kill('SIGTERM');
    const { status } = await agent.ended;
    const { stderr } = agent.output;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(kinds().at(-1)).toBe('agent-stopped');
    expect(new Set(events().map((event) => event.id)).size).toBe(events().length);
  });

  test('applies changed settings without a restart, and records an invalid one once', async () => {
    run();
    await until(() => state('headline') === 'ok', 'the first poll');
    const managed = join(sysroot, 'Library/Managed Preferences');
    mkdirSync(managed, { recursive: true });
    const settings = { PollIntervalSeconds: 1, StoredIdentity: 'full' };
    writeFileSync(join(managed, 'io.github.psso-monitor.plist'), buildBinary(settings));
    await until(() => seen('settings-invalid'), 'the wrong interval');
    await until(() => state('user') !== '', 'the identity');
    rmSync(managed, { recursive: true });
    await until(() => state('user') === '', 'the profile to be gone');
    expect(kinds().filter((kind) => kind === 'settings-invalid')).toHaveLength(1);
    expect(kinds().filter((kind) => kind === 'agent-started')).toHaveLength(1);
  });

  test('loses nothing and writes nothing twice when it is killed and started again', async () => {
    const first = run();
    await until(() => state('headline') === 'ok', 'the first poll');
    mac.apply({ psso: { registered: false, userPresent: false } });
    await until(() => seen('issue-opened'), 'issue-opened');
    first.child.kill('SIGKILL');
    await first.ended;
    const before = events();

    const second = run();
    await until(() => seen('agent-crashed'), 'agent-crashed');
    mac.apply({ psso: { registered: true, userPresent: true } });
    await until(() => seen('issue-resolved'), 'issue-resolved');
    second.child.kill('SIGTERM');
    expect((await second.ended).status).toBe(0);

    const after = events();
    expect(after.slice(0, before.length)).toEqual(before);
    const count = (kind: string) => after.filter((event) => event.kind === kind).length;
    expect(count('issue-opened')).toBe(1);
    expect(count('registration-lost')).toBe(1);
    expect(count('issue-resolved')).toBe(1);
    expect(count('agent-started')).toBe(2);
  });

  test('records its crash also when `once` ran in between', async () => {
    const agent = run();
    await until(() => seen('agent-started'), 'agent-started');
    agent.child.kill('SIGKILL');
    await agent.ended;
    expect(cli(['once', '--sysroot', sysroot, '--data-dir', dataDir]).status).toBe(0);
    expect(kinds().filter((kind) => kind === 'agent-crashed').length).toBe(1);
  });

  test('waits after many quick deaths, says so, and stops cleanly at a signal while it waits', async () => {
    mkdirSync(dataDir, { recursive: true });
    const now = new Date().toISOString();
    const died = { pid: 1, startedAt: now, version: '0.0.1', cleanStop: false, quickDeaths: 8 };
    writeFileSync(join(dataDir, 'agent.json'), JSON.stringify(died));
    const agentFile = () => JSON.parse(readFileSync(join(dataDir, 'agent.json'), 'utf8'));
    const agent = run();
    await until(() => agentFile().waitsUntil != null, 'the wait');
    expect(agentFile()).toMatchObject({ pid: agent.child.pid, quickDeaths: 9, cleanStop: false });
    expect(Date.parse(agentFile().waitsUntil) - Date.parse(now)).toBeGreaterThan(50 * 60_000);
    expect(readFileSync(join(dataDir, 'agent.log'), 'utf8')).toContain('9 runs in a row');
    agent.child.kill('SIGTERM');
    const { status } = await agent.ended;
    const { stderr } = agent.output;
    expect(status).toBe(0);
    expect(stderr).toContain('9 runs in a row ended soon after their start');
    expect(kinds()).toEqual([]);

    run();
    await until(() => seen('agent-started'), 'a start without a wait');
  });

  test('waits some seconds after a few quick deaths, says why, and then polls', async () => {
    mkdirSync(dataDir, { recursive: true });
    const startedAt = new Date().toISOString();
    const died = { pid: 1, startedAt, version: '0.0.1', cleanStop: false, quickDeaths: 2 };
    writeFileSync(join(dataDir, 'agent.json'), JSON.stringify(died));
    run();
    await until(() => seen('agent-started'), 'a start after the wait');
    const crashed = events().find((event) => event.kind === 'agent-crashed');
    expect(crashed?.summary).toContain('3 runs in a row');
    expect(JSON.parse(readFileSync(join(dataDir, 'agent.json'), 'utf8'))).toMatchObject({ waitsUntil: null });
  });

  test('quarantines a damaged database also in `once`, and says so', () => {
    cli(['once', '--sysroot', sysroot, '--data-dir', dataDir]);
    writeFileSync(join(dataDir, 'events.db'), 'no database at all '.repeat(500));
    expect(cli(['once', '--sysroot', sysroot, '--data-dir', dataDir]).status).toBe(0);
    const recovered = events().find(({ kind }) => kind === 'store-recovered');
    expect(recovered?.detail).toMatch(/"events\.db\.corrupt-1-/);
    // The path of the home folder has the name of the account.
    expect(JSON.stringify(events())).not.toContain(dataDir);
  });

  test('`status` distinguishes a running from a killed agent, and `replay` refuses its data folder', async () => {
    const agent = run();
    await until(() => seen('agent-started'), 'agent-started');
    const running = () => JSON.parse(cli(['status', '--json', '--data-dir', dataDir]).stdout).agent.running;
    await until(() => state('headline') === 'ok', 'the first poll');
    expect(running()).toBe(true);
    const scenario = fileURLToPath(new URL('../../agent/simulation/working-day.ndjson', import.meta.url));
    const { status, stderr } = cli(['replay', scenario, '--data-dir', dataDir]);
    expect(status).toBe(2);
    expect(stderr).toContain('choose another folder');
    agent.child.kill('SIGKILL');
    await agent.ended;
    expect(running()).toBe(false);
  });

  test('a second agent for the same user ends at once, with one line', async () => {
    const first = run();
    await until(() => seen('agent-started'), 'agent-started');
    const second = run();
    const { status } = await second.ended;
    const { stderr } = second.output;
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(
        new RegExp(
          `^psso-monitor: another agent is already running for this user \\(process ${first.child.pid}, since .+\\)`,
        ),
      ),
    ]);
    expect(kinds().filter((kind) => kind === 'agent-started').length).toBe(1);
  });

  test('stops cleanly while a command hangs', async () => {
    const agent = run();
    await until(() => state('headline') === 'ok', 'the first poll');
    mac.apply({ appSso: { fail: 'timeout' } });
    // The next poll is under way a second later, and would wait for ten.
    const polls = Date.now() + 2_500;
    await until(() => Date.now() > polls, 'a poll that hangs');
    agent.child.kill('SIGTERM');
    expect((await agent.ended).status).toBe(0);
    expect(kinds().at(-1)).toBe('agent-stopped');
    expect(seen('source-failed')).toBe(false);
  });

  test('a run that is killed before its first poll does not count as one that polled', async () => {
    cli(['once', '--sysroot', sysroot, '--data-dir', dataDir]);
    const threeDaysAgo = new Date(Date.now() - 3 * 24 * 60 * 60_000);
    utimesSync(join(dataDir, 'agent.json'), threeDaysAgo, threeDaysAgo);
    mac.apply({ appSso: { fail: 'timeout' } });
    for (let kills = 0; kills < 2; kills++) {
      const agent = run();
      await until(() => kinds().filter((kind) => kind === 'agent-started').length > kills, 'a start');
      agent.child.kill('SIGKILL');
      await agent.ended;
    }
    expect(statSync(join(dataDir, 'agent.json')).mtime).toEqual(threeDaysAgo);
    expect(cli(['attribute', '--sysroot', sysroot, '--data-dir', dataDir]).stdout).toMatch(
      /^Not known since /,
    );
    expect(cli(['status', '--data-dir', dataDir]).stdout).toContain(' (3 days ago).');
    expect(cli(['advice', '--sysroot', sysroot, '--data-dir', dataDir]).stdout).not.toContain('works');
  });

  test('reports unknown on an empty sysroot', async () => {
    const bare = mkdtempSync(join(folder, 'bare'));
    const once = () => cli(['once', '--json', '--sysroot', bare, '--data-dir', dataDir]);
    const { status, stdout, stderr } = once();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const answer = JSON.parse(stdout);
    expect(answer.observation.appSso).toMatchObject({ ok: false, reason: 'missing' });
    expect(answer.state.headline).toBe('unknown');
    expect(answer.openIssues).toEqual([]);
  });
});
