import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRunFile, runFilePath } from '../../agent/store/run-file.ts';
import { needsLinux, needsRoot } from '../helpers/needs.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { type SmallDisk, smallDisk } from '../helpers/small-disk.ts';
import { until } from '../helpers/until.ts';
import { type InstalledAgent, type InstalledRun, installedAgent } from './installed-agent.ts';

/** The agent continues while its history can't be written, for any reason (docs/reliability.md). */

needsRoot();
needsLinux('a small disk is a tmpfs');

const otherUser = 65534;
let agent: InstalledAgent;
let disk: SmallDisk;
let temporary: string;

beforeEach(async () => {
  agent = await installedAgent();
  disk = smallDisk(agent.dataDir, `size=1m,uid=${otherUser},gid=${otherUser},mode=0700`);
  temporary = join(agent.folder, 'tmp');
  mkdirSync(temporary);
  for (const folder of [agent.folder, temporary]) chownSync(folder, otherUser, otherUser);
}, 120_000);
afterEach(async () => {
  disk.remount('rw');
  chmodSync(agent.dataDir, 0o700);
  await agent.stop();
  disk.unmount();
  await agent.end();
});

const start = () => agent.run({ uid: otherUser, environment: { TMPDIR: temporary } });
const kinds = () => recordedEvents(agent.dataDir).map(({ kind }) => kind);
const count = (kind: string) => kinds().filter((one) => one === kind).length;
/**
 * What a run records about itself and the registration. A loaded machine also takes longer from one run to
 * the next than two polls, which is a gap: only one of events that were not written counts.
 */
const milestones = () =>
  recordedEvents(agent.dataDir)
    .filter(({ kind, detail }) =>
      kind === 'gap' ? detail.includes('notWritten') : /^agent|^registration|^issue|^store/.test(kind),
    )
    .map(({ kind }) => kind);
/** When a poll last ended: by the run record, or by the spare one. */
const polledAt = () => {
  const spare = join(temporary, `psso-monitor-${otherUser}`, 'agent.json');
  return [runFilePath(agent.dataDir), spare].map(
    (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs,
  );
};

async function polls(wanted: number): Promise<void> {
  for (let polled = 0; polled < wanted; polled++) {
    const before = polledAt().join();
    await until(() => polledAt().join() !== before, `poll ${polled + 1} of ${wanted}`);
  }
}

async function stop(run: InstalledRun): Promise<void> {
  const began = performance.now();
  run.child.kill('SIGTERM');
  expect(await run.ended).toEqual({ status: 0, signal: null });
  expect(performance.now() - began).toBeLessThan(5_000);
}

/** Applies refreshed tokens, each seen by a poll. */
async function refresh(times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    const receivedAt = Math.floor(Date.now() / 1000) * 1000;
    agent.mac.apply({ psso: { receivedAt, lastLoginAt: receivedAt } });
    await polls(2);
  }
}
const lose = () => agent.mac.apply({ psso: { registered: false, userPresent: false } });
const gain = () => agent.mac.apply({ psso: { registered: true, userPresent: true } });

/** A first run, which creates the history. */
async function earlierRun(): Promise<void> {
  const run = start();
  await until(() => count('agent-started') === 1, 'the start');
  await polls(2);
  await stop(run);
  expect(count('agent-stopped')).toBe(1);
}

const ids = () => recordedEvents(agent.dataDir).map(({ id }) => Number(id));
function nothingTwice(): void {
  expect(ids()).toEqual([...ids()].sort((a, b) => a - b));
  const rows = recordedEvents(agent.dataDir).map(({ at, kind, detail }) => `${at} ${kind} ${detail}`);
  expect(rows).toEqual([...new Set(rows)]);
}

describe('a disk that is full', { timeout: 150_000 }, () => {
  test('while the agent runs: every refresh is recorded, in order, when there is room', async () => {
    const run = start();
    await until(() => count('agent-started') === 1, 'the start');
    await polls(2);
    disk.fill();
    // SQLite first uses up the room in its files.
    let applied = 0;
    while (readRunFile(agent.dataDir)?.unwritten == null && applied++ < 40) await refresh(1);
    await refresh(4);
    const refreshed = () => count('token-refreshed');
    expect(refreshed()).toBeLessThan(applied);
    expect(JSON.parse(agent.command(['status', '--json']).stdout).agent.text).toContain(
      "The history can't be written since",
    );
    const doctor = agent.command(['doctor', '--json', '--sysroot', join(agent.folder, 'Mac')]).stdout;
    expect(JSON.parse(doctor).checks).toContainEqual(
      expect.objectContaining({
        id: 'database',
        verdict: 'fail',
        message: expect.stringContaining('events wait in the agent'),
      }),
    );
    disk.free();
    await until(() => refreshed() === applied + 4, 'all refreshes');
    await until(() => readRunFile(agent.dataDir)?.unwritten === null, 'the note is gone');
    nothingTwice();
    expect(recordedEvents(agent.dataDir).map(({ at }) => at)).toEqual(
      recordedEvents(agent.dataDir)
        .map(({ at }) => at)
        .sort(),
    );
    await stop(run);
    expect(kinds().at(-1)).toBe('agent-stopped');
    expect(milestones()).not.toContain('gap');
  });

  test('at the start: the agent watches, and records its start and what it saw when there is room', async () => {
    await earlierRun();
    rmSync(join(agent.dataDir, 'events.db.reserve'));
    disk.fill();
    const run = start();
    await polls(3);
    lose();
    await polls(3);
    gain();
    await polls(3);
    expect(run.child.exitCode).toBeNull();
    disk.free();
    await until(() => count('issue-resolved') === 1, 'the end of the issue');
    await stop(run);
    expect(milestones()).toEqual([
      ...['agent-started', 'agent-stopped', 'agent-started'],
      ...['registration-lost', 'issue-opened', 'registration-completed', 'issue-resolved', 'agent-stopped'],
    ]);
    nothingTwice();
  });

  test('at the first start of all: the agent watches, and begins the history when there is room', async () => {
    disk.fill();
    const killed = start();
    await polls(3);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const run = start();
    await polls(2);
    lose();
    await polls(3);
    expect(run.child.exitCode).toBeNull();
    disk.free();
    await until(() => count('issue-opened') === 1, 'the issue');
    await stop(run);
    expect(milestones()).toEqual([
      ...['agent-crashed', 'gap', 'agent-started', 'registration-lost', 'issue-opened', 'agent-stopped'],
    ]);
    expect(readdirSync(agent.dataDir).filter((name) => name.includes('corrupt'))).toEqual([]);
    nothingTwice();
  });

  test('at the end: exit status 0, the last events are recorded, and no crash afterwards', async () => {
    await earlierRun();
    const run = start();
    await until(() => count('agent-started') === 2, 'the start');
    disk.fill();
    await refresh(3);
    lose();
    await polls(3);
    await stop(run);
    expect(readRunFile(agent.dataDir)).toMatchObject({ cleanStop: true, unwritten: null });
    expect(kinds().at(-1)).toBe('agent-stopped');
    expect(count('registration-lost')).toBe(1);
    disk.free();
    const next = start();
    await until(() => count('agent-started') === 3, 'the next start');
    await polls(2);
    await stop(next);
    expect(kinds()).not.toContain('agent-crashed');
    expect(count('registration-lost')).toBe(1);
    nothingTwice();
  });

  test('at the end, without the reserve: what is lost is counted, and detected again', async () => {
    await earlierRun();
    rmSync(join(agent.dataDir, 'events.db.reserve'));
    disk.fill();
    const run = start();
    await polls(2);
    lose();
    await polls(3);
    await stop(run);
    const { unwritten = null } = readRunFile(agent.dataDir) ?? {};
    expect(unwritten?.events).toBeGreaterThan(2);
    disk.free();
    const next = start();
    await until(() => count('registration-lost') === 1, 'the loss');
    await stop(next);
    expect(kinds()).not.toContain('agent-crashed');
    const gap = recordedEvents(agent.dataDir).find(({ detail }) => detail.includes('notWritten'));
    expect(gap).toMatchObject({
      severity: 'low',
      summary: `${unwritten?.events} events of the previous run were not recorded: the history could not be written.`,
      detail: JSON.stringify({ reason: 'notWritten', from: unwritten?.since, events: unwritten?.events }),
    });
    nothingTwice();
  });

  test('kill -9 loses only what waited: the next run detects it again, and nothing is recorded twice', async () => {
    await earlierRun();
    disk.fill();
    const run = start();
    await polls(2);
    lose();
    await polls(3);
    run.child.kill('SIGKILL');
    await run.ended;
    disk.free();
    const next = start();
    await until(() => count('registration-lost') === 1, 'the loss');
    await stop(next);
    expect(count('agent-crashed')).toBe(1);
    nothingTwice();
  });

  test('keeps the back-off after quick deaths', async () => {
    await earlierRun();
    disk.fill();
    for (let death = 1; death <= 3; death++) {
      const run = start();
      await polls(1);
      run.child.kill('SIGKILL');
      await run.ended;
      expect(readRunFile(agent.dataDir)?.quickDeaths).toBe(death - 1);
    }
    const run = start();
    await until(() => run.output.stderr.includes('3 runs in a row'), 'the wait');
    await stop(run);
  });
});

describe('a history that cannot be written', { timeout: 150_000 }, () => {
  test.each<[string, () => void, () => void]>([
    ['a read-only volume', () => disk.remount('ro'), () => disk.remount('rw')],
    [
      'a folder without permissions',
      () => chmodSync(agent.dataDir, 0),
      () => chmodSync(agent.dataDir, 0o700),
    ],
    ['a read-only folder', () => chmodSync(agent.dataDir, 0o500), () => chmodSync(agent.dataDir, 0o700)],
    [
      'a read-only database',
      () => chmodSync(join(agent.dataDir, 'events.db'), 0o400),
      () => chmodSync(join(agent.dataDir, 'events.db'), 0o600),
    ],
    [
      'files of another user',
      () => {
        for (const name of readdirSync(agent.dataDir)) chownSync(join(agent.dataDir, name), 0, 0);
      },
      () => {
        for (const name of readdirSync(agent.dataDir))
          chownSync(join(agent.dataDir, name), otherUser, otherUser);
      },
    ],
  ])('%s at the start: the agent stays, and records everything afterwards', async (_, take, giveBack) => {
    await earlierRun();
    take();
    const run = start();
    await polls(3);
    lose();
    await polls(3);
    expect(run.child.exitCode).toBeNull();
    giveBack();
    await until(() => count('issue-opened') === 1, 'the issue');
    await stop(run);
    expect(milestones()).toEqual([
      ...['agent-started', 'agent-stopped', 'agent-started'],
      ...['registration-lost', 'issue-opened', 'agent-stopped'],
    ]);
    nothingTwice();
  });

  test.each<[string, () => void, () => void]>([
    ['a read-only volume', () => disk.remount('ro'), () => disk.remount('rw')],
    ['a full disk', () => disk.fill(), () => disk.free()],
  ])(
    '%s with a first page that is damaged: the agent stays, and salvages later',
    async (_, take, giveBack) => {
      await earlierRun();
      const before = ids();
      const opened = openSync(join(agent.dataDir, 'events.db'), 'r+');
      writeSync(opened, Buffer.alloc(4096, 0xa5), 0, 4096, 0);
      closeSync(opened);
      take();
      const run = start();
      await polls(3);
      lose();
      await polls(3);
      expect(run.child.exitCode).toBeNull();
      giveBack();
      await until(() => count('issue-opened') === 1, 'the issue');
      await stop(run);
      expect(ids()).toEqual(expect.arrayContaining(before));
      expect(count('store-recovered')).toBe(1);
      expect(count('agent-crashed')).toBe(0);
      nothingTwice();
    },
  );

  test.each<[string, () => void, () => void]>([
    ['a read-only volume', () => disk.remount('ro'), () => disk.remount('rw')],
    [
      'a folder without permissions',
      () => chmodSync(agent.dataDir, 0),
      () => chmodSync(agent.dataDir, 0o700),
    ],
  ])('%s from the start to the end: a clean stop, and no crash afterwards', async (_, take, giveBack) => {
    await earlierRun();
    take();
    const run = start();
    await polls(3);
    await stop(run);
    giveBack();
    const next = start();
    await until(() => count('agent-started') === 2, 'the next start');
    await stop(next);
    expect(kinds()).not.toContain('agent-crashed');
    expect(existsSync(join(temporary, `psso-monitor-${otherUser}`, 'agent.json'))).toBe(false);
    expect(statSync(runFilePath(agent.dataDir)).mode & 0o777).toBe(0o600);
  });
});
