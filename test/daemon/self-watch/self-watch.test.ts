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

/** A clock that is set, and looks that are scripted. */
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
    look(what: Measurement | null, elapsedTime: ElapsedTime | null = awake()) {
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

  test('a quiet day is written down once an hour at most', () => {
    const time = { now: noon };
    const lock = acquired(noon);
    let writes = 0;
    const { look } = watching(
      {
        selfRestart: null,
        note: (what) => {
          writes++;
          lock.note(what);
        },
      },
      time,
    );
    look(healthy, firstOfRun);
    expect(readRunFile(folder)?.ownUse).toMatchObject({ rssBytes: 55_000_000, cpuSecondsPerHour: null });
    for (let polls = 1; polls < 288; polls++)
      expect(look({ ...healthy, cpuMilliseconds: polls * 20 })).toBeNull();
    expect(writes).toBeLessThanOrEqual(25);
    expect(readRunFile(folder)?.ownUse).toMatchObject({ over: [], rowsPerHour: 0 });
    expect(readRunFile(folder)?.ownUse?.cpuSecondsPerHour).toBeCloseTo(0.24);
  });

  test('a restart is on disk before it is asked for, and outlives crashes, ends in order and single looks', () => {
    const time = { now: noon };
    const first = acquired(noon);
    const { look, warnings } = watching(first, time);
    look(large, firstOfRun);
    let asked = null;
    for (let polls = 0; asked === null && polls < 100; polls++) asked = look(large);
    expect(asked).toMatchObject({ because: '312 MB of memory (limit 200 MB)' });
    expect(warnings).toEqual(['The agent restarts itself: 312 MB of memory (limit 200 MB).']);
    const restart = readRunFile(folder)?.selfRestart;
    expect(restart).toEqual({
      at: new Date(time.now).toISOString().replace('.000', ''),
      because: asked?.because,
    });

    first.release();
    for (const end of ['in order', 'by a crash'] as const) {
      const next = acquired(time.now);
      expect(next.selfRestart).toEqual(restart);
      expect(next.quickDeaths).toBe(0);
      next.wait(time.now + minute);
      next.begin(time.now + minute);
      expect(readRunFile(folder)?.selfRestart).toEqual(restart);
      next.release();
      if (end === 'in order') continue;
      const file = join(folder, 'agent.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"cleanStop":true', '"cleanStop":false'));
    }
    expect(acquired(time.now).selfRestart).toEqual(restart);
  });

  test('a restart that can not be remembered does not happen, and the agent says so and goes on', () => {
    const time = { now: noon };
    const lock = acquired(noon);
    const { look, warnings } = watching(lock, time);
    look(large, firstOfRun);
    // Where the new file would be written there is a folder now: it can be written no more than to a full disk.
    const inTheWay = join(folder, `agent.json.${process.pid}.partial`);
    mkdirSync(inTheWay);
    for (let polls = 0; polls < 200; polls++) expect(look(large)).toBeNull();
    rmSync(inTheWay, { recursive: true, force: true });
    expect(warnings.filter((said) => said.includes('could not be remembered'))).toHaveLength(1);
    expect(readRunFile(folder)?.selfRestart).toBeNull();
    let restarts = 0;
    for (let looks = 0; looks < 288; looks++) if (look(large) !== null) restarts++;
    expect(restarts).toBe(1);
  });

  test('what an older agent left, and what nobody understands, is no restart and hides nothing', () => {
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
const passage = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 60 }).map((minutes) => awake(minutes * minute)) },
  { weight: 1, arbitrary: fc.constantFrom(woken, null) },
);
/** A stretch of looks with the same figures. */
const stretch = fc.record({
  looks: fc.integer({ min: 1, max: 40 }),
  measured: fc.option(measurement, { freq: 8 }),
  passages: fc.array(passage, { minLength: 1, maxLength: 12 }),
  crash: fc.boolean(),
});

/** Runs one after the other, as launchd starts them. Answers when each restarted itself, and in what look. */
function live(
  stretches: readonly {
    looks: number;
    measured: Measurement | null;
    passages: readonly (ElapsedTime | null)[];
    crash: boolean;
  }[],
  { forgetful }: { forgetful: boolean },
) {
  const time = { now: noon };
  const restarts: {
    at: number;
    measured: Measurement | null;
    passage: ElapsedTime | null;
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
    run.look(healthy, firstOfRun);
    return run;
  };
  let run = begin();
  for (const { looks, measured, passages, crash } of stretches) {
    for (let index = 0; index < looks; index++) {
      const spent = passages[index % passages.length] ?? null;
      const broken = spent === null || spent.slept || measured === null;
      sinceBreak = broken ? 0 : sinceBreak + spent.awake;
      awakeInRun += broken ? 0 : spent.awake;
      // Totals of a process only grow.
      const totals =
        measured === null ? null : { ...measured, cpuMilliseconds: measured.cpuMilliseconds * index };
      if (run.look(totals, spent) === null) continue;
      restarts.push({ at: time.now, measured, passage: spent, sinceBreak, awakeInRun });
      run = begin();
    }
    if (crash) run = begin();
  }
  return restarts;
}

describe('whatever is measured', () => {
  test('there are never two restarts within 24 hours, none just after a sleep, and none without a measurement', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 25 }), (stretches) => {
        const restarts = live(stretches, { forgetful: false });
        for (const [index, restart] of restarts.entries()) {
          expect(restart.measured).not.toBeNull();
          expect(restart.passage?.slept).toBe(false);
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
    const always = { looks: 288 * 5, measured: large, passages: [awake()], crash: false };
    expect(live([always], { forgetful: false })).toHaveLength(5);
  });

  test('even where nothing is ever remembered, an hour awake lies between two restarts', () => {
    const always = { looks: 288, measured: large, passages: [awake()], crash: false };
    const restarts = live([always], { forgetful: true });
    expect(restarts.length).toBeGreaterThan(10);
    expect(restarts.length).toBeLessThanOrEqual(24);
  });

  test('a clock that was set back years delays the next restart by a day, not by years', () => {
    const time = { now: noon };
    const selfRestart = { at: '2031-01-01T00:00:00Z', because: '1 GB of memory (limit 200 MB)' };
    const { look } = watching({ selfRestart, note() {} }, time);
    look(large, firstOfRun);
    let restartedAt = 0;
    while (restartedAt === 0) if (look(large) !== null) restartedAt = time.now;
    expect(restartedAt - noon).toBeGreaterThanOrEqual(day);
    expect(restartedAt - noon).toBeLessThan(day + hour);
  });
});

test('a measurement of this very process is plausible, only grows where it must, and starts no timer', () => {
  const before = process.getActiveResourcesInfo().length;
  const database = { rowsWritten: 7 };
  const meter = processMeter(database);
  const one = meter();
  database.rowsWritten = 9;
  const two = meter();
  expect(one.rssBytes).toBeGreaterThan(10_000_000);
  expect(one.heapBytes).toBeGreaterThan(1_000_000);
  expect([one, two].map(({ rowsWritten }) => rowsWritten)).toEqual([7, 9]);
  expect(two.cpuMilliseconds).toBeGreaterThanOrEqual(one.cpuMilliseconds);
  expect(process.getActiveResourcesInfo()).toHaveLength(before);
});
