import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRunFile, runFilePath } from '../../agent/store/run-file.ts';
import { openStore } from '../../agent/store/sqlite-store.ts';
import { failCalls } from '../../scripts/chaos/strace.ts';
import { needsLinux } from '../helpers/needs.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { until } from '../helpers/until.ts';
import { batch, manyEvents } from '../store/samples.ts';
import { type InstalledAgent, type InstalledRun, installedAgent } from './installed-agent.ts';

/** Reads of the installed agent's own files fail for a moment, and work again later (docs/reliability.md). */

needsLinux('strace makes system calls fail');

let agent: InstalledAgent;
let received = Math.floor(Date.now() / 1_000) * 1_000 - 3_600_000;
beforeEach(async () => {
  agent = await installedAgent();
});
afterEach(() => agent.end());

const events = () => recordedEvents(agent.dataDir);
const count = (kind: string) => events().filter((one) => one.kind === kind).length;
const polledAt = () => statSync(runFilePath(agent.dataDir), { throwIfNoEntry: false })?.mtimeMs ?? 0;

async function polls(wanted: number): Promise<void> {
  for (let polled = 0; polled < wanted; polled++) {
    const before = polledAt();
    await until(() => polledAt() !== before, `poll ${polled + 1} of ${wanted}`);
  }
}

/** When the recorded tokens were received, in the order of the events. */
const refreshes = () =>
  events()
    .slice(300)
    .filter(({ kind }) => kind === 'token-refreshed')
    .map(({ detail }) => Date.parse(JSON.parse(detail).receivedAt));

async function refresh(): Promise<void> {
  received += 10_000;
  agent.mac.apply({ psso: { receivedAt: received } });
  await polls(2);
}

/** An agent on a history of many pages, with an open issue. */
async function atWork(): Promise<InstalledRun> {
  const store = openStore({
    path: join(agent.dataDir, 'events.db'),
    agentVersion: '1.2.3',
    now: Date.now(),
  });
  store.commit(batch({ events: manyEvents(300) }));
  store.close();
  agent.mac.apply({ psso: { registered: false, userPresent: false } });
  const run = agent.run();
  await until(() => count('issue-opened') === 1, 'the issue');
  return run;
}

async function endsCleanly(run: InstalledRun): Promise<void> {
  expect(run.child.exitCode).toBeNull();
  run.child.kill('SIGTERM');
  expect(await run.ended).toEqual({ status: 0, signal: null });
  // Where its log can't be opened, it says so.
  expect(run.output.stderr.split('\n').filter((line) => !/^$|no log is kept/.test(line))).toEqual([]);
  expect(readRunFile(agent.dataDir)).toMatchObject({ cleanStop: true, unwritten: null });
  expect(readdirSync(agent.dataDir).filter((name) => /corrupt|suspect|partial/.test(name))).toEqual([]);
  expect(events().map(({ id }) => Number(id))).toEqual(events().map((_, index) => index + 1));
  for (const kind of ['agent-crashed', 'store-recovered', 'settings-invalid', 'gap'])
    expect(`${kind} ${count(kind)}`).toBe(`${kind} 0`);
  expect(count('issue-opened')).toBe(1);
}

describe('reads that fail for a moment', () => {
  test.each([
    ['pread64', 'EIO'],
    ['pread64', 'ENXIO'],
    ['pread64', 'ENOMEM'],
    ['fstat,newfstatat,statx', 'EIO'],
    ['openat', 'ENFILE'],
  ])('%s answers %s: the agent stays, and records everything afterwards', async (calls, code) => {
    const run = await atWork();
    agent.mac.apply({ psso: { registered: true, userPresent: true } });
    await until(() => count('issue-resolved') === 1, 'the end of the issue');
    await refresh();
    const works = await failCalls({ dataDir: agent.dataDir, pid: run.child.pid, calls, code });
    for (let more = 0; more < 3 && run.child.exitCode === null; more++) {
      received += 10_000;
      agent.mac.apply({ psso: { receivedAt: received } });
      // agent.json shows no poll while it can't be touched. Two refreshes in one poll are recorded as one.
      await new Promise((resolve) => setTimeout(resolve, 2_500));
    }
    await works();
    await until(() => refreshes().at(-1) === received || run.child.exitCode !== null, 'the last refresh');
    expect(refreshes()).toEqual([...new Set(refreshes())].sort());
    await endsCleanly(run);
  });
});
