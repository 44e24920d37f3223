import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intervalAfter, isDue, tickFor } from '../agent/schedule.ts';
import { hour, minute, second } from '../agent/types/time.ts';

const settings = { PollIntervalSeconds: 300, TroublePollIntervalSeconds: 60 };
const plan = { lookedAt: 0, lookedAtWall: 0, nextIn: 5 * minute };
/** A tick so many milliseconds after the look, on both clocks, with the tick before it a minute earlier. */
const tick = (at: number) => ({ monotonic: at, wall: at, previousTickWall: at - minute, tickEvery: minute });

describe('the schedule', () => {
  test('looks every five minutes, and every minute while something is wrong', () => {
    expect(intervalAfter(false, settings)).toBe(5 * minute);
    expect(intervalAfter(true, settings)).toBe(minute);
  });

  test('trouble never makes it slower', () => {
    expect(intervalAfter(true, { PollIntervalSeconds: 60, TroublePollIntervalSeconds: 600 })).toBe(minute);
  });

  test('ticks as seldom as the interval allows, and never so that a look must wait for the next tick', () => {
    expect(tickFor(5 * minute)).toEqual({ expression: '*/5 * * * *', every: 5 * minute });
    expect(tickFor(7 * minute)).toEqual({ expression: '*/1 * * * *', every: minute });
    expect(tickFor(hour)).toEqual({ expression: '0 * * * *', every: hour });
    expect(tickFor(45 * second)).toEqual({ expression: '*/15 * * * * *', every: 15 * second });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3600 }), (seconds) => {
        const { every } = tickFor(seconds * second);
        expect((seconds * second) % every).toBe(0);
        expect(hour % every).toBe(0);
      }),
    );
  });

  test('a first tick looks', () => {
    expect(isDue(null, { ...tick(0), previousTickWall: null })).toBe(true);
  });

  test('ticks before the time do not look, the one at it does, and one a moment early too', () => {
    expect([1, 2, 3, 4].map((minutes) => isDue(plan, tick(minutes * minute)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(isDue(plan, tick(5 * minute))).toBe(true);
    expect(isDue(plan, tick(5 * minute - second))).toBe(true);
  });

  test('the tick nearest to the time looks, where the last look was between two of them', () => {
    const everyFive = (at: number) => ({ ...tick(at), tickEvery: 5 * minute });
    expect([1, 2, 3, 4].map((minutes) => isDue(plan, everyFive(minutes * minute)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('a tick that comes late by the wall clock looks at once: the Mac has slept', () => {
    const woken = { monotonic: 2 * minute, wall: 8 * hour, previousTickWall: minute, tickEvery: minute };
    expect(isDue(plan, woken)).toBe(true);
  });

  test('a clock that was set back neither stops the looks nor hurries them for ever', () => {
    const setBack = (minutes: number) => ({
      monotonic: minutes * minute,
      wall: minutes * minute - 2 * hour,
      previousTickWall: (minutes - 1) * minute - 2 * hour,
      tickEvery: minute,
    });
    expect(isDue(plan, setBack(3))).toBe(false);
    expect(isDue(plan, setBack(5))).toBe(true);
  });
});
