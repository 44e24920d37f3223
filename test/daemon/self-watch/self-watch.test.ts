import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownUseLimits } from '../../../agent/daemon/self-watch/limits.ts';
import type { Measurement } from '../../../agent/daemon/self-watch/own-use.ts';
import { processMeter } from '../../../agent/daemon/self-watch/process-meter.ts';
import { SelfWatch } from '../../../agent/daemon/self-watch/self-watch.ts';
import type { ElapsedTime } from '../../../agent/detect/elapsed-time.ts';
import { day, hour, minute } from '../../../agent/shared/time.ts';
import { acquireInstanceLock, type HeldLock } from '../../../agent/store/instance-lock.ts';
import { readRunFile } from '../../../agent/store/run-file.ts';
import { awake, firstOfRun, healthy, noon, woken } from './polls.ts';

const large: Measurement = { ...healthy, rssBytes: 312_000_000 };

/** A clock that the test sets, and scripted polls. */
function watching(lock: Pick<HeldLock, 'note' | 'selfRestart'>, time: { now: number }) {
  let measured: Measurement | null = null;
  const warnings: string[] = [];
  const watch = new SelfWatch({
    meter: () => {
      if (measured === null) throw new Error('the kernel does not say');
      return measured;
    },
    clock: { now: () => time.now, monotonic: () => time.now, monotonicCountsSleep: true },
    lock,
    log: { warn: (_, message) => warnings.push(message) },
    limits: ownUseLimits,
  });
  return {
    warnings,
    poll(what: Measurement | null, elapsedTime: ElapsedTime | null = awake()) {
      measured = what;
      time.now += elapsedTime?.total ?? 5 * minute;
      watch.pollBegins();
      return watch.pollEnded(elapsedTime);
    },
  };
}

describe('with a real run file', () => {
  let folder: string;
  let held: HeldLock[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'psso-monitor-self-watch-'));
    held = [];
  });
  afterEach(() => {
    for (const lock of held) lock.release();
    rmSync(folder, { recursive: true, force: true });
  });
  function acquired(now: number): HeldLock {
    const lock = acquireInstanceLock(folder, now, '1.2.3');
    if (!lock.ok) throw new Error('refused');
    held.push(lock);
    return lock;
  }

  test('own use is written once an hour at most', () => {
    const time = { now: noon };
    const lock = acquired(noon);
    let writes = 0;
    const { poll } = watching(
      {
        selfRestart: null,
        note: (what) => {
          writes++;
          lock.note(what);
        },
      },
      time,
    );
    poll(healthy, firstOfRun);
    expect(readRunFile(folder)?.ownUse).toMatchObject({ rssBytes: 55_000_000, cpuSecondsPerHour: null });
    for (let polls = 1; polls < 288; polls++)
      expect(poll({ ...healthy, cpuMilliseconds: polls * 20 })).toBeNull();
    expect(writes).toBeLessThanOrEqual(25);
    expect(readRunFile(folder)?.ownUse).toMatchObject({ over: [], rowsPerHour: 0 });
    expect(readRunFile(folder)?.ownUse?.cpuSecondsPerHour).toBeCloseTo(0.24);
  });

  test('a restart is on disk before it is requested, and survives crashes, clean stops and `once`', () => {
    const time = { now: noon };
    const first = acquired(noon);
    const { poll, warnings } = watching(first, time);
    poll(large, firstOfRun);
    let asked = null;
    for (let polls = 0; asked === null && polls < 100; polls++) asked = poll(large);
    expect(asked).toMatchObject({ because: '312 MB of memory (limit 200 MB)' });
    expect(warnings).toEqual(['The agent restarts itself: 312 MB of memory (limit 200 MB).']);
    const restart = readRunFile(folder)?.selfRestart;
    expect(restart).toEqual({
      at: new Date(time.now).toISOString().replace('.000', ''),
      because: asked?.because,
    });

    first.release();
    for (const end of ['cleanly', 'by a crash'] as const) {
      const next = acquired(time.now);
      expect(next.selfRestart).toEqual(restart);
      expect(next.quickDeaths).toBe(0);
      next.wait(time.now + minute);
      next.begin(time.now + minute);
      expect(readRunFile(folder)?.selfRestart).toEqual(restart);
      next.release();
      if (end === 'cleanly') continue;
      const file = join(folder, 'agent.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"cleanStop":true', '"cleanStop":false'));
    }
    expect(acquired(time.now).selfRestart).toEqual(restart);
  });

  test('a restart that cannot be recorded does not happen; the agent logs that and continues', () => {
    const time = { now: noon };
    const lock = acquired(noon);
    const { poll, warnings } = watching(lock, time);
    poll(large, firstOfRun);
    // A folder in the place of the new file fails the write, as a full disk does.
    const inTheWay = join(folder, `agent.json.${process.pid}.partial`);
    mkdirSync(inTheWay);
    for (let polls = 0; polls < 200; polls++) expect(poll(large)).toBeNull();
    rmSync(inTheWay, { recursive: true, force: true });
    expect(warnings.filter((said) => said.includes('restart could not be recorded'))).toHaveLength(1);
    expect(readRunFile(folder)?.selfRestart).toBeNull();
    let restarts = 0;
    for (let polls = 0; polls < 288; polls++) if (poll(large) !== null) restarts++;
    expect(restarts).toBe(1);
  });

  test('the file of an older agent, and an invalid one, contain no restart and hide nothing', () => {
    const run = { pid: 1, startedAt: '2026-11-23T12:00:00Z', version: '0.0.9', cleanStop: true };
    const file = join(folder, 'agent.json');
    writeFileSync(file, JSON.stringify(run));
    expect(readRunFile(folder)).toMatchObject({ ...run, ownUse: null, selfRestart: null });
    writeFileSync(file, JSON.stringify({ ...run, ownUse: { rssBytes: 'many' }, selfRestart: 'yesterday' }));
    expect(readRunFile(folder)).toMatchObject({ ...run, ownUse: null, selfRestart: null });
    expect(acquired(noon).selfRestart).toBeNull();
    expect(readdirSync(folder).sort()).toEqual(['agent.json', 'agent.lock']);
  });
});

const measurement = fc.record({
  rssBytes: fc.constantFrom(50_000_000, 199_000_000, 900_000_000),
  heapBytes: fc.constantFrom(12_000_000, 900_000_000),
  cpuMilliseconds: fc.constantFrom(0, 1e6, 1e9),
  rowsWritten: fc.constantFrom(0, 100_000),
  pollMilliseconds: fc.nat(600_000),
});
const elapsed = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 60 }).map((minutes) => awake(minutes * minute)) },
  { weight: 1, arbitrary: fc.constantFrom(woken, null) },
);
/** Consecutive polls with the same measurement. */
const phase = fc.record({
  polls: fc.integer({ min: 1, max: 40 }),
  measured: fc.option(measurement, { freq: 8 }),
  times: fc.array(elapsed, { minLength: 1, maxLength: 12 }),
  crash: fc.boolean(),
});

/**
 * Runs one after the other, as launchd starts them. Returns when, and at which poll, each restarted itself.
 */
function live(
  phases: readonly {
    polls: number;
    measured: Measurement | null;
    times: readonly (ElapsedTime | null)[];
    crash: boolean;
  }[],
  { forgetful }: { forgetful: boolean },
) {
  const time = { now: noon };
  const restarts: {
    at: number;
    measured: Measurement | null;
    elapsedTime: ElapsedTime | null;
    sinceBreak: number;
    awakeInRun: number;
  }[] = [];
  let selfRestart: HeldLock['selfRestart'] = null;
  let sinceBreak = 0;
  let awakeInRun = 0;
  const begin = () => {
    awakeInRun = 0;
    sinceBreak = 0;
    const note: HeldLock['note'] = (what) => {
      if ('selfRestart' in what) selfRestart = forgetful ? null : what.selfRestart;
    };
    const run = watching({ selfRestart, note }, time);
    run.poll(healthy, firstOfRun);
    return run;
  };
  let run = begin();
  for (const { polls, measured, times, crash } of phases) {
    for (let index = 0; index < polls; index++) {
      const spent = times[index % times.length] ?? null;
      const broken = spent === null || spent.slept || measured === null;
      sinceBreak = broken ? 0 : sinceBreak + spent.awake;
      awakeInRun += broken ? 0 : spent.awake;
      // Totals of a process only grow.
      const totals =
        measured === null ? null : { ...measured, cpuMilliseconds: measured.cpuMilliseconds * index };
      if (run.poll(totals, spent) === null) continue;
      restarts.push({ at: time.now, measured, elapsedTime: spent, sinceBreak, awakeInRun });
      run = begin();
    }
    if (crash) run = begin();
  }
  return restarts;
}

describe('for any measurements', () => {
  test('no two restarts are within 24 hours, none follows a sleep, and none lacks a measurement', () => {
    fc.assert(
      fc.property(fc.array(phase, { maxLength: 25 }), (phases) => {
        const restarts = live(phases, { forgetful: false });
        for (const [index, restart] of restarts.entries()) {
          expect(restart.measured).not.toBeNull();
          expect(restart.elapsedTime?.slept).toBe(false);
          expect(restart.sinceBreak).toBeGreaterThanOrEqual(15 * minute);
          expect(restart.awakeInRun).toBeGreaterThanOrEqual(hour);
          const before = restarts[index - 1];
          if (before !== undefined) expect(restart.at - before.at).toBeGreaterThanOrEqual(day);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('an agent that is always over restarts once a day', () => {
    const always = { polls: 288 * 5, measured: large, times: [awake()], crash: false };
    expect(live([always], { forgetful: false })).toHaveLength(5);
  });

  test('an hour awake lies between two restarts even where nothing is recorded', () => {
    const always = { polls: 288, measured: large, times: [awake()], crash: false };
    const restarts = live([always], { forgetful: true });
    expect(restarts.length).toBeGreaterThan(10);
    expect(restarts.length).toBeLessThanOrEqual(24);
  });

  test('a clock that was set back years delays the next restart by a day, not by years', () => {
    const time = { now: noon };
    const selfRestart = { at: '2031-01-01T00:00:00Z', because: '1 GB of memory (limit 200 MB)' };
    const { poll } = watching({ selfRestart, note() {} }, time);
    poll(large, firstOfRun);
    let restartedAt = 0;
    while (restartedAt === 0) if (poll(large) !== null) restartedAt = time.now;
    expect(restartedAt - noon).toBeGreaterThanOrEqual(day);
    expect(restartedAt - noon).toBeLessThan(day + hour);
  });
});

test('a measurement of this very process is plausible, only grows where it must, and starts no timer', () => {
  const before = process.getActiveResourcesInfo().length;
  const database = { rowsWritten: 7 };
  const meter = processMeter(database);
  const used = process.cpuUsage();
  const one = meter();
  const usedThen = process.cpuUsage();
  database.rowsWritten = 9;
  const two = meter();
  expect(one.rssBytes).toBeGreaterThan(10_000_000);
  expect(one.heapBytes).toBeGreaterThan(1_000_000);
  expect([one, two].map(({ rowsWritten }) => rowsWritten)).toEqual([7, 9]);
  expect(one.cpuMilliseconds).toBeGreaterThanOrEqual((used.user + used.system) / 1000);
  expect(one.cpuMilliseconds).toBeLessThanOrEqual((usedThen.user + usedThen.system) / 1000);
  expect(two.cpuMilliseconds).toBeGreaterThanOrEqual(one.cpuMilliseconds);
  expect(process.getActiveResourcesInfo()).toHaveLength(before);
});
