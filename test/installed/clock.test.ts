import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { needsLinux } from '../helpers/needs.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { until } from '../helpers/until.ts';
import { type InstalledRun, installedAgent } from './installed-agent.ts';

/**
 * The wall clock is set under the running agent. libfaketime fakes the wall clock and not the monotonic
 * clock, as on a Mac whose clock is set (docs/reliability.md).
 */

needsLinux('libfaketime is loaded by LD_PRELOAD');

/** An installed agent with a clock of its own. */
interface ClockedAgent {
  readonly dataDir: string;
  /** In libfaketime's format. */
  setClock(offset: string): void;
  start(environment?: Record<string, string>): InstalledRun;
  /** Waits for the end of so many polls. */
  polls(count: number, what: string): Promise<void>;
}

/** It ends with its test. The tests mostly wait for polls, so they run side by side. */
async function clockedAgent({ onTestFinished }: TestContext): Promise<ClockedAgent> {
  const agent = await installedAgent();
  onTestFinished(() => agent.end());
  const fakeTime = join(agent.folder, 'fake-time');
  /** Replaced in one step, since libfaketime reads it at each call. */
  function setClock(offset: string): void {
    writeFileSync(`${fakeTime}.new`, offset);
    renameSync(`${fakeTime}.new`, fakeTime);
  }
  setClock('+0');
  const runFile = join(agent.dataDir, 'agent.json');
  /** The time of the last poll is the modification time of agent.json. */
  const polledAt = () => (existsSync(runFile) ? statSync(runFile).mtimeMs : 0);
  return {
    dataDir: agent.dataDir,
    setClock,
    start: (environment = {}) =>
      agent.run({
        every: 1,
        environment: {
          LD_PRELOAD: library(),
          FAKETIME_TIMESTAMP_FILE: fakeTime,
          FAKETIME_NO_CACHE: '1',
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
          ...environment,
        },
      }),
    async polls(count, what) {
      for (let polled = 0; polled < count; polled++) {
        const before = polledAt();
        await until(() => polledAt() !== before, `${what}: poll ${polled + 1}`);
      }
    },
  };
}

function library(): string {
  const [folder] = readdirSync('/usr/lib')
    .map((name) => join('/usr/lib', name, 'faketime/libfaketime.so.1'))
    .filter((path) => existsSync(path));
  if (folder === undefined) throw new Error('libfaketime is missing: npm run tools installs it.');
  return folder;
}

/** Seconds of processor time, user and system. */
function processorTime(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

/**
 * Ends the agent by SIGTERM. The time limit is ten times the measured time, and far below the former fault's.
 */
async function endsAtOnce(run: InstalledRun): Promise<void> {
  const began = performance.now();
  run.child.kill('SIGTERM');
  expect(await run.ended).toEqual({ status: 0, signal: null });
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(run.output).toEqual({ stdout: '', stderr: '' });
}

describe('the installed agent while the wall clock is set', () => {
  test.concurrent.for([
    ['90 s back', '-90s'],
    ['an hour back', '-1h'],
    ['three years back', '-3y'],
    ['an hour ahead', '+1h'],
    ['40 days ahead', '+40d'],
    ['three years ahead', '+3y'],
  ] as const)(
    '%s: polls continue, processor time stays low, SIGTERM ends it',
    async ([what, offset], context) => {
      const { dataDir, setClock, start, polls } = await clockedAgent(context);
      const run = start();
      await polls(2, 'before');
      const spent = processorTime(run.child.pid);
      setClock(offset);
      await polls(3, what);
      // Measured: 0.1 s. The fault used 71 s in 75 s.
      expect(processorTime(run.child.pid) - spent).toBeLessThan(3);
      await endsAtOnce(run);
      const kinds = recordedEvents(dataDir).map(({ kind }) => kind);
      expect(kinds).toContain('clock-changed');
      expect(kinds.filter((kind) => kind === 'agent-crashed')).toEqual([]);
    },
  );

  test.concurrent('three years ahead between two runs: no gap of three years is recorded', async (context) => {
    const { dataDir, setClock, start, polls } = await clockedAgent(context);
    const first = start();
    await polls(2, 'before');
    await endsAtOnce(first);
    setClock('+3y');
    const second = start();
    await polls(2, 'after');
    await endsAtOnce(second);
    const events = recordedEvents(dataDir);
    expect(events.filter(({ kind }) => kind === 'clock-changed')).toHaveLength(1);
    const gaps = events.filter(({ kind }) => kind === 'gap');
    for (const { detail } of gaps) expect(JSON.parse(detail).seconds).toBeLessThan(3_600);
  });

  test.concurrent('from 1970 to the present', async (context) => {
    const { setClock, start, polls } = await clockedAgent(context);
    setClock('@1970-01-01 00:00:30');
    const run = start();
    await polls(2, 'in 1970');
    const spent = processorTime(run.child.pid);
    setClock('+0');
    await polls(3, 'in the present');
    expect(processorTime(run.child.pid) - spent).toBeLessThan(3);
    await endsAtOnce(run);
  });

  test.concurrent.for([
    ['summer time begins', 'Europe/Berlin', '@2026-03-29 01:59:57'],
    ['summer time ends', 'Europe/Berlin', '@2026-10-25 02:59:57'],
    ['a leap day begins', 'UTC', '@2028-02-28 23:59:57'],
    ['a leap day ends', 'UTC', '@2028-02-29 23:59:57'],
  ] as const)('%s: polls continue and no clock change is recorded', async ([what, zone, moment], context) => {
    const { dataDir, setClock, start, polls } = await clockedAgent(context);
    setClock(moment);
    const run = start({ TZ: zone });
    await polls(6, what);
    await endsAtOnce(run);
    const kinds = recordedEvents(dataDir).map(({ kind }) => kind);
    expect(kinds).not.toContain('clock-changed');
  });
});

describe('the calendar of the installed agent', () => {
  test.concurrent('requests the daily maintenance at its time; the maintenance waits for the first hour of the run', async (context) => {
    const { dataDir, setClock, start } = await clockedAgent(context);
    setClock('@2026-06-01 12:29:56');
    const run = start();
    const log = () =>
      existsSync(join(dataDir, 'agent.log')) ? readFileSync(join(dataDir, 'agent.log'), 'utf8') : '';
    await until(() => log().includes('The daily maintenance is due'), 'the request');
    await endsAtOnce(run);
  });

  test.concurrent('is planned again after a clock change: it requests the next time, not a skipped one', async (context) => {
    const { dataDir, setClock, start, polls } = await clockedAgent(context);
    setClock('@2026-06-01 08:00:00');
    const run = start();
    await polls(2, 'before');
    setClock('@2029-06-01 12:29:57');
    const log = () => readFileSync(join(dataDir, 'agent.log'), 'utf8');
    await until(() => log().includes('The daily maintenance is due'), 'the request after the clock change');
    expect(log().match(/The daily maintenance is due/g)?.length).toBe(1);
    await endsAtOnce(run);
  });
});

test('libfaketime is installed', () => {
  const shown = spawnSync('date', ['-u', '+%Y'], {
    env: { LD_PRELOAD: library(), FAKETIME: '@2001-01-01 00:00:00' },
    encoding: 'utf8',
  });
  expect(shown.stdout.trim()).toBe('2001');
});
