import { describe, expect, test } from 'vitest';
import { elapsedTimeBetween, followClock } from '../../agent/detect/elapsed-time.ts';
import type { Moment } from '../../agent/detect/moment.ts';
import { hour, minute } from '../../agent/shared/time.ts';

const at = Date.parse('2026-03-02T08:00:00Z');
const before: Moment = {
  at,
  monotonic: 1_000_000,
  run: 'one',
  bootedAt: at - hour,
  sleptAt: null,
  wokeAt: null,
  powerKnown: true,
  bootSession: null,
};
const macos = { expected: 5 * minute, monotonicCountsSleep: true };
const linux = { expected: 5 * minute, monotonicCountsSleep: false };

function later(wall: number, steady: number, more: Partial<Moment> = {}): Moment {
  return { ...before, at: before.at + wall, monotonic: before.monotonic + steady, ...more };
}

describe('elapsedTimeBetween', () => {
  test('counts a plain wait as awake', () => {
    expect(elapsedTimeBetween(before, later(5 * minute, 5 * minute), macos)).toMatchObject({
      total: 5 * minute,
      awake: 5 * minute,
      slept: false,
      clockShift: 0,
    });
  });

  test.each([
    ['forward', 2 * hour],
    ['back', -30 * minute],
  ])('a clock set %s takes no real time', (_, shift) => {
    expect(elapsedTimeBetween(before, later(5 * minute + shift, 5 * minute), macos)).toMatchObject({
      total: 5 * minute,
      awake: 5 * minute,
      slept: false,
      clockShift: shift,
    });
  });

  test.each([
    ['set forward', 2 * hour],
    ['set back', -2 * hour],
  ])('a clock that is %s during a sleep adds no age where the monotonic clock counts sleep', (_, shift) => {
    const woke = { sleptAt: at + minute, wokeAt: at + shift + hour };
    const after = later(hour + shift + minute, hour + minute, woke);
    expect(elapsedTimeBetween(before, after, macos)).toMatchObject({
      total: hour + minute,
      clockShift: shift,
    });
  });

  test.each([
    [2 * hour, 5 * minute],
    [-2 * hour, 5 * minute],
  ])('without power data a clock that moved by %i ms adds no age on macOS', (shift, total) => {
    const after = later(total + shift, total, { powerKnown: false });
    expect(elapsedTimeBetween(before, after, macos)).toMatchObject({ total, clockShift: shift });
  });

  test('counts sleep as real time, and only the time after the wake as awake', () => {
    const slept = { sleptAt: at + minute, wokeAt: at + 8 * hour - 2 * minute };
    expect(elapsedTimeBetween(before, later(8 * hour, 8 * hour, slept), macos)).toMatchObject({
      total: 8 * hour,
      awake: 2 * minute,
      slept: true,
      clockShift: 0,
    });
  });

  test('gives the same result with a monotonic clock that stops in sleep', () => {
    const slept = { sleptAt: at + minute, wokeAt: at + 8 * hour - 2 * minute };
    expect(elapsedTimeBetween(before, later(8 * hour, 3 * minute, slept), linux)).toMatchObject({
      total: 8 * hour,
      awake: 2 * minute,
      slept: true,
      clockShift: 0,
    });
  });

  test('takes a clock change as sleep where wake times cannot be read and the clock stops in sleep', () => {
    const blind = { ...before, powerKnown: false };
    expect(
      elapsedTimeBetween(blind, later(8 * hour, 3 * minute, { powerKnown: false }), linux),
    ).toMatchObject({
      awake: 0,
      slept: true,
      clockShift: 0,
    });
  });

  test('ignores a wake before the previous poll, which was short and did not read power', () => {
    const old = { sleptAt: at - 21 * minute, wokeAt: at - 20 * minute };
    expect(elapsedTimeBetween(before, later(5 * minute, 5 * minute, old), macos)).toMatchObject({
      awake: 5 * minute,
      slept: false,
    });
    // The process was stopped: what the Mac did meanwhile is unknown.
    expect(elapsedTimeBetween(before, later(45 * minute, 45 * minute, old), macos)).toMatchObject({
      awake: 0,
      slept: true,
    });
    const restarted = later(2 * minute, 0, { ...old, run: 'two' });
    expect(elapsedTimeBetween(before, restarted, macos)).toMatchObject({ awake: 2 * minute, slept: false });
  });

  test('counts no awake time for a poll that is far too late for an unknown reason', () => {
    expect(elapsedTimeBetween(before, later(hour, hour), macos)).toMatchObject({
      total: hour,
      awake: 0,
      slept: true,
    });
  });

  test('counts a quick restart of the agent as awake, and a long one not', () => {
    const other = { run: 'two', monotonic: 5 };
    expect(elapsedTimeBetween(before, later(2 * minute, 0, other), macos)).toMatchObject({
      awake: 2 * minute,
      newRun: true,
    });
    expect(elapsedTimeBetween(before, later(2 * hour, 0, other), macos)).toMatchObject({
      total: 2 * hour,
      awake: 0,
    });
  });

  test('detects a reboot by a new boot time after a restart of the agent', () => {
    const other = { run: 'two', monotonic: 5, bootedAt: at + minute };
    expect(elapsedTimeBetween(before, later(2 * minute, 0, other), macos)).toMatchObject({
      rebooted: true,
      awake: 0,
    });
  });

  describe('a new run in the same boot session', () => {
    const first = { ...before, bootSession: 'A' };
    const second = (wall: number, steady: number, more: Partial<Moment> = {}) =>
      later(wall, steady, { run: 'two', bootSession: 'A', ...more });

    test.each([365 * 24 * hour, -365 * 24 * hour, 2 * hour, -2 * hour])(
      'a clock that was set by %i ms takes no real time, and is no reboot',
      (shift) => {
        // The kernel moves the time of the boot with the clock.
        const after = second(2 * minute + shift, 2 * minute, { bootedAt: at - hour + shift });
        expect(elapsedTimeBetween(first, after, macos)).toMatchObject({
          total: 2 * minute,
          awake: 2 * minute,
          slept: false,
          rebooted: false,
          clockShift: shift,
          newRun: true,
        });
      },
    );

    test('a long time without the agent is real time, and not awake time', () => {
      expect(elapsedTimeBetween(first, second(15 * 24 * hour, 15 * 24 * hour), macos)).toMatchObject({
        total: 15 * 24 * hour,
        awake: 0,
        clockShift: 0,
        rebooted: false,
      });
    });

    test('a sleep counts as real time where the monotonic clock stops in it', () => {
      const slept = { sleptAt: at + minute, wokeAt: at + 8 * hour };
      expect(elapsedTimeBetween(first, second(8 * hour + minute, 2 * minute, slept), linux)).toMatchObject({
        total: 8 * hour + minute,
        awake: 0,
        slept: true,
        clockShift: 0,
      });
    });
  });

  test('another boot session is a reboot, and the monotonic clock says nothing', () => {
    const first = { ...before, bootSession: 'A', bootedAt: null };
    const after = later(2 * hour, 30 * minute, { run: 'two', bootSession: 'B' });
    expect(elapsedTimeBetween(first, after, macos)).toMatchObject({
      total: 2 * hour,
      awake: 0,
      clockShift: 0,
      rebooted: true,
    });
  });

  test.each<[string, number, number, number]>([
    ['is right again', 30 * 24 * hour + 2 * hour, 2 * hour, 30 * 24 * hour],
    ['is as wrong as before', 2 * hour, 2 * hour, 0],
  ])('a clock that was set back by 30 days, and at the next start %s', (_, wall, total, clockShift) => {
    const first = { ...before, bootSession: 'A', clockOff: -30 * 24 * hour };
    const after = later(wall, 30 * minute, { run: 'two', bootSession: 'B' });
    const elapsed = elapsedTimeBetween(first, after, macos);
    expect(elapsed).toMatchObject({ total, clockShift, rebooted: true });
    expect(followClock(first, after, elapsed)).toMatchObject({
      correction: 0,
      moment: { bootGap: { gap: total, most: total } },
    });
  });

  test('without a boot session the wall clock decides, as in a memory of an older version', () => {
    const after = later(2 * hour, 30 * minute, { run: 'two', bootSession: 'A' });
    expect(elapsedTimeBetween(before, after, macos)).toMatchObject({ total: 2 * hour, clockShift: 0 });
  });

  test('a monotonic clock that ran back is of no use', () => {
    const first = { ...before, bootSession: 'A' };
    const after = later(2 * hour, -30 * minute, { run: 'two', bootSession: 'A' });
    expect(elapsedTimeBetween(first, after, macos)).toMatchObject({ total: 2 * hour, clockShift: 0 });
  });
});
