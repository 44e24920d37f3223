import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readRunFile, runFilePath } from '../../agent/store/run-file.ts';
import { figure } from '../helpers/figure.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { until } from '../helpers/until.ts';
import { type InstalledAgent, type InstalledRun, installedAgent } from './installed-agent.ts';

/** Locks of other programs, and of a second agent (docs/reliability.md). */

let agent: InstalledAgent;
beforeEach(async () => {
  agent = await installedAgent();
});
afterEach(() => agent.end());

const kinds = () => recordedEvents(agent.dataDir).map(({ kind }) => kind);
const count = (kind: string) => kinds().filter((one) => one === kind).length;
const polledAt = () => statSync(runFilePath(agent.dataDir)).mtimeMs;

async function polls(wanted: number): Promise<void> {
  for (let polled = 0; polled < wanted; polled++) {
    const before = polledAt();
    await until(() => polledAt() !== before, `poll ${polled + 1} of ${wanted}`);
  }
}

/** The agent promises a second, and launchd waits ten. A loaded machine gets more. */
const stopsWithin = 5;

/** Seconds from SIGTERM to the end. */
async function stop(run: InstalledRun): Promise<number> {
  const began = performance.now();
  run.child.kill('SIGTERM');
  expect(await run.ended).toEqual({ status: 0, signal: null });
  return (performance.now() - began) / 1000;
}

async function earlierRun(): Promise<void> {
  const run = agent.run();
  await until(() => count('agent-started') === 1, 'the start');
  await stop(run);
}

/** Locks the database as another program does, until the returned function is called. */
function lock(kind: 'a writer' | 'an exclusive lock'): () => void {
  const other = new Database(join(agent.dataDir, 'events.db'));
  onTestFinished(() => {
    other.close();
  });
  if (kind === 'an exclusive lock') other.pragma('locking_mode = EXCLUSIVE');
  other.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS other (one); ROLLBACK; BEGIN IMMEDIATE');
  return () => other.close();
}

describe.each(['a writer', 'an exclusive lock'] as const)('%s of another program', (kind) => {
  test('at the start is waited out: the agent polls, and records everything afterwards', async () => {
    await earlierRun();
    const unlock = lock(kind);
    const run = agent.run();
    await polls(7);
    agent.mac.apply({ psso: { registered: false, userPresent: false } });
    await polls(4);
    expect(run.child.exitCode).toBeNull();
    unlock();
    await until(() => count('issue-opened') === 1, 'the issue');
    await stop(run);
    expect(kinds().filter((one) => /^agent|^registration|^issue/.test(one))).toEqual([
      ...['agent-started', 'agent-stopped', 'agent-started'],
      ...['registration-lost', 'issue-opened', 'agent-stopped'],
    ]);
  });

  test('does not delay SIGTERM, at the start and at work', async () => {
    await earlierRun();
    let unlock = lock(kind);
    const locked = agent.run();
    await polls(2);
    const atTheStart = await stop(locked);
    expect(atTheStart).toBeLessThan(stopsWithin);
    const { cleanStop, unwritten = null } = readRunFile(agent.dataDir) ?? {};
    expect(cleanStop).toBe(true);
    // The start and the end. A loaded machine adds the gap since the run before.
    expect(unwritten?.events).toBeGreaterThanOrEqual(2);
    unlock();
    const run = agent.run();
    await until(() => count('agent-started') === 2, 'the start');
    expect(recordedEvents(agent.dataDir)).toContainEqual(
      expect.objectContaining({
        kind: 'gap',
        detail: JSON.stringify({ reason: 'notWritten', from: unwritten?.since, events: unwritten?.events }),
      }),
    );
    if (kind === 'a writer') unlock = lock(kind);
    await polls(2);
    const atWork = await stop(run);
    expect(atWork).toBeLessThan(stopsWithin);
    figure(`${kind}: SIGTERM ends the agent in ${Math.max(atTheStart, atWork).toFixed(2)} s`);
    unlock();
    expect(kinds()).not.toContain('agent-crashed');
  });
});

describe('agent.lock that this user can not lock', () => {
  test('says nothing of a second agent where none runs, and names both possible reasons', async () => {
    await earlierRun();
    const other = new Database(join(agent.dataDir, 'agent.lock'));
    onTestFinished(() => {
      other.close();
    });
    other.exec('BEGIN EXCLUSIVE');
    const run = agent.run();
    expect(await run.ended).toEqual({ status: 1, signal: null });
    expect(run.output.stderr.trim()).toBe(
      `psso-monitor: ${join(agent.dataDir, 'agent.lock')} can't be locked: another program locks it, or its ` +
        'volume locks no files; this agent stops.',
    );
  });

  test('is the reason why events wait, with the error of the lock', async () => {
    await earlierRun();
    const path = join(agent.dataDir, 'agent.lock');
    rmSync(path);
    // SQLite can't open a folder.
    mkdirSync(path);
    const run = agent.run();
    await polls(2);
    expect(readFileSync(join(agent.dataDir, 'agent.log'), 'utf8')).toMatch(
      /agent\.lock can't be locked.*The history could not be written/s,
    );
    await stop(run);
  });
});

describe('agent.lock, deleted under a running agent', () => {
  test('is locked again at the next poll, and a second agent is refused', async () => {
    const first = agent.run();
    await until(() => count('agent-started') === 1, 'the start');
    rmSync(join(agent.dataDir, 'agent.lock'));
    await polls(2);
    const second = agent.run();
    expect(await second.ended).toEqual({ status: 1, signal: null });
    expect(second.output.stderr).toContain('another agent is already running');
    await stop(first);
  });

  test('lets a second agent start at once: the first one ends at its next poll', async () => {
    const first = agent.run();
    await until(() => count('agent-started') === 1, 'the start');
    await polls(1);
    // Stopped, or the first agent would lock the new file at its next poll, before the second one does.
    first.child.kill('SIGSTOP');
    rmSync(join(agent.dataDir, 'agent.lock'));
    const second = agent.run();
    await until(() => readRunFile(agent.dataDir)?.pid === second.child.pid, 'the lock of the second agent');
    first.child.kill('SIGCONT');
    expect(await first.ended).toEqual({ status: 1, signal: null });
    const receivedAt = Math.floor(Date.now() / 1000) * 1000;
    agent.mac.apply({ psso: { receivedAt, lastLoginAt: receivedAt } });
    await polls(3);
    await stop(second);
    expect(count('token-refreshed')).toBe(1);
  });
});
