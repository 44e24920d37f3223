import { describe, expect, test } from 'vitest';
import { judgeOwnUse } from '../../../agent/daemon/self-watch/judge-own-use.ts';
import { ownUseLimits as limits } from '../../../agent/daemon/self-watch/limits.ts';
import {
  afterPoll,
  type Measurement,
  nothingKnown,
  type OwnUse,
} from '../../../agent/daemon/self-watch/own-use.ts';
import type { ElapsedTime } from '../../../agent/detect/elapsed-time.ts';
import { day, hour, minute } from '../../../agent/shared/time.ts';
import { awake, firstOfRun, healthy, noon, woken } from './polls.ts';

type Look = readonly [Measurement | null, ElapsedTime | null];
const known = (polls: readonly Look[], from: OwnUse = nothingKnown) =>
  polls.reduce((use, [measured, elapsedTime]) => afterPoll(use, measured, elapsedTime, limits), from);
const times = (count: number, poll: (index: number) => Look) =>
  Array.from({ length: count }, (_, index) => poll(index));
const judge = (use: OwnUse, restartedAt: number | null = null, now = noon) =>
  judgeOwnUse(use, limits, { now, restartedAt });

const large = { ...healthy, rssBytes: 312_000_000 };
const start: Look = [healthy, firstOfRun];
/** Half a day without a finding. */
const settled = known([start, ...times(144, () => [healthy, awake()] as const)]);
/** `count` polls over the limit of memory. */
const over = (polls: number) =>
  known(
    times(polls, () => [large, awake()]),
    settled,
  );

describe('memory', () => {
  test('over its limit at six polls in a row is a reason, at five not yet', () => {
    expect(judge(over(5))).toEqual({ verdict: 'fine' });
    expect(judge(over(6))).toEqual({
      verdict: 'over',
      over: [{ what: 'memory', measured: 312_000_000, limit: 200_000_000 }],
      restart: 'now',
    });
  });

  test('that macOS has compressed is measured by V8', () => {
    const compressed = { ...healthy, heapBytes: 250_000_000 };
    const use = known(
      times(6, () => [compressed, awake()]),
      settled,
    );
    expect(judge(use)).toMatchObject({ verdict: 'over', over: [{ what: 'memory', measured: 250_000_000 }] });
  });

  test('starts to count again after it went down', () => {
    const again = known([[healthy, awake()], ...times(5, () => [large, awake()] as const)], over(5));
    expect(judge(again)).toEqual({ verdict: 'fine' });
  });
});

describe('processor time', () => {
  const busy = (secondsAnHour: number): Look[] =>
    times(13, (index) => [
      { ...healthy, cpuMilliseconds: (index * secondsAnHour * 1000) / 12 },
      index === 0 ? firstOfRun : awake(),
    ]);

  test('is judged over an hour awake', () => {
    expect(known(busy(2)).cpuSecondsPerHour).toBeCloseTo(2);
    expect(judge(known(busy(2)))).toEqual({ verdict: 'fine' });
    expect(judge(known(busy(200).slice(0, -1)))).toEqual({ verdict: 'fine' });
    expect(judge(known(busy(200)))).toMatchObject({
      verdict: 'over',
      over: [{ what: 'cpu', limit: 180 }],
      restart: 'now',
    });
  });

  test('is not counted for time in which the Mac partly slept', () => {
    const slept = known([[{ ...healthy, cpuMilliseconds: 500_000 }, woken]], known(busy(2).slice(0, 7)));
    expect(slept.counted.cpuMilliseconds).toBeCloseTo(1000);
    const polls = times(6, (index) => [
      { ...healthy, cpuMilliseconds: 500_000 + (index + 1) * 100 },
      awake(),
    ]);
    expect(known(polls, slept).cpuSecondsPerHour).toBeCloseTo(1.6);
  });

  test('is not affected by a poll that takes minutes because of slow commands', () => {
    const slow = { ...healthy, pollMilliseconds: 4 * minute };
    expect(
      judge(
        known(
          times(100, () => [slow, awake()]),
          settled,
        ),
      ),
    ).toEqual({ verdict: 'fine' });
  });
});

test('rows are judged over the same hour', () => {
  const writing = times(12, (index) => [{ ...healthy, rowsWritten: (index + 1) * 500 }, awake()] as const);
  expect(judge(known(writing, settled))).toMatchObject({
    over: [{ what: 'rows', measured: 6000, limit: 2000 }],
    restart: 'now',
  });
});

describe('a restart', () => {
  test('waits until the run is an hour old', () => {
    const young = known([[large, firstOfRun], ...times(11, () => [large, awake()] as const)]);
    expect(judge(young)).toMatchObject({ restart: 'later' });
    expect(judge(known([[large, awake()]], young))).toMatchObject({ restart: 'now' });
  });

  test('waits until the Mac has been awake for a quarter of an hour, for any limit', () => {
    const busy = known(
      times(14, (index) => [{ ...healthy, cpuMilliseconds: index * 50_000 }, awake()]),
      settled,
    );
    expect(judge(busy)).toMatchObject({ restart: 'now' });
    const last = { ...healthy, cpuMilliseconds: 650_000 };
    for (const gap of [woken, firstOfRun, null, { ...awake(), clockShift: hour }, { ...awake(), awake: 0 }]) {
      const broken = known([[last, gap]], busy);
      expect(judge(broken), JSON.stringify(gap)).toMatchObject({ restart: 'later' });
      const two = known(
        times(2, () => [last, awake()]),
        broken,
      );
      expect(judge(two)).toMatchObject({ restart: 'later' });
      expect(judge(known([[last, awake()]], two))).toMatchObject({ restart: 'now' });
    }
  });

  test('needs both: a quarter of an hour, and three polls', () => {
    const last = { ...healthy, cpuMilliseconds: 650_000 };
    const busy = known(
      times(14, (index) => [{ ...healthy, cpuMilliseconds: index * 50_000 }, awake()]),
      settled,
    );
    const broken = known([[last, woken]], busy);
    const sinceWake = (polls: number, apart: number) =>
      known(
        times(polls, () => [last, awake(apart)]),
        broken,
      );
    expect(judge(sinceWake(14, minute))).toMatchObject({ restart: 'later' });
    expect(judge(sinceWake(15, minute))).toMatchObject({ restart: 'now' });
    expect(judge(sinceWake(2, 15 * minute))).toMatchObject({ restart: 'later' });
    expect(judge(sinceWake(3, 15 * minute))).toMatchObject({ restart: 'now' });
  });

  test('happens once a day at most', () => {
    const use = over(6);
    expect(judge(use, noon - day + 1)).toMatchObject({ verdict: 'over', restart: 'not-again-yet' });
    expect(judge(use, noon - day)).toMatchObject({ restart: 'now' });
    expect(judge(use, noon + hour)).toMatchObject({ restart: 'not-again-yet' });
  });

  test('never follows a poll that could not be measured', () => {
    expect(judge(known([[null, awake()]], over(6)))).toEqual({ verdict: 'fine' });
    expect(judge(nothingKnown)).toEqual({ verdict: 'fine' });
    const busy = known(
      times(14, (index) => [{ ...healthy, cpuMilliseconds: index * 50_000 }, awake()]),
      settled,
    );
    expect(judge(known([[null, awake()]], busy))).toEqual({ verdict: 'fine' });
  });

  test('ignores the use while the agent could not be measured', () => {
    const unmeasured = known([start, ...times(20, () => [null, awake()] as const)]);
    const polls = times(14, () => [{ ...healthy, cpuMilliseconds: 900_000 }, awake()] as const);
    expect(known(polls, unmeasured).cpuSecondsPerHour).toBe(0);
    expect(judge(known(polls, unmeasured))).toEqual({ verdict: 'fine' });
  });
});
