import { minute, second } from '../shared/time.ts';
import { afterClockShift, bootGapOf, correctionOf } from './boot-gap.ts';
import type { Moment } from './moment.ts';

/** The real time between two polls, and how it was spent. In milliseconds. */
export interface ElapsedTime {
  /** Real time, including sleep, independent of the wall clock. */
  readonly total: number;
  /** The part of `total` in which the Mac was certainly awake. */
  readonly awake: number;
  readonly slept: boolean;
  readonly rebooted: boolean;
  /**
   * By how much the wall clock was set; 0 when it was not. After a start of the Mac, and where the boot
   * session is unknown, only a clock set back is seen, and one that was set back before and is right again.
   */
  readonly clockShift: number;
  /** The previous poll was made by another run. */
  readonly newRun: boolean;
}

/** A smaller difference between two clocks is no clock change: clocks drift, and a poll takes seconds. */
const clockTolerance = 30 * second;
/** A smaller change of kern.boottime is no reboot: macOS moves it when it adjusts the clock. */
const bootTolerance = 2 * minute;

/**
 * Splits the time between two polls into awake, asleep and clock change. Unclear time counts as asleep, since
 * only awake time can open an issue. `expected`: the longest planned wait, in milliseconds.
 */
export function elapsedTimeBetween(
  before: Moment,
  after: Moment,
  options: { expected: number; monotonicCountsSleep: boolean },
): ElapsedTime {
  const newRun = before.run !== after.run;
  if (newRun && !isMonotonicComparable(before, after)) return elapsedByWallClock(before, after, options);
  const wall = after.at - before.at;
  const steady = Math.max(0, after.monotonic - before.monotonic);
  const difference = wall - steady;
  const clocksDiffer = Math.abs(difference) > clockTolerance;
  // After a clock change the age of the wake is unknown.
  const woke = wokeWithin(clocksDiffer ? Number.POSITIVE_INFINITY : steady, before, after);
  const sleptOnStoppedClock =
    clocksDiffer && difference > 0 && !options.monotonicCountsSleep && (woke || !after.powerKnown);
  const clockShift = clocksDiffer && !sleptOnStoppedClock ? difference : 0;
  const elapsed = sleptOnStoppedClock ? wall : steady;
  const slept = woke || sleptOnStoppedClock;
  const rebooted = false;
  if (newRun) {
    const awake = !slept && isQuickRestart(elapsed, options) ? elapsed : 0;
    return { total: elapsed, awake, slept, rebooted, clockShift, newRun };
  }
  // Late without a wake: the process was stopped, or the sleep times can't be read.
  const late = elapsed > 2 * options.expected + minute;
  if (!slept) return { total: elapsed, awake: late ? 0 : elapsed, slept: late, rebooted, clockShift, newRun };
  const sinceWake = woke && after.wokeAt !== null ? after.at - after.wokeAt : 0;
  const awake = Math.min(Math.max(0, sinceWake), elapsed);
  return { total: elapsed, awake, slept, rebooted, clockShift, newRun };
}

/** Both systems count their monotonic clock from the start of the machine, for all processes (libuv). */
function isMonotonicComparable(before: Moment, after: Moment): boolean {
  return isSameBoot(before, after) === true && after.monotonic >= before.monotonic;
}

/** Null: the boot session of one of them is unknown. */
function isSameBoot(before: Moment, after: Moment): boolean | null {
  if (before.bootSession == null || after.bootSession == null) return null;
  return before.bootSession === after.bootSession;
}

/** A new run has only the wall clock: the Mac was started again, or its boot session is unknown. */
function elapsedByWallClock(before: Moment, after: Moment, options: { expected: number }): ElapsedTime {
  const wall = after.at - before.at;
  const clockShift = shiftAcrossRuns(before, wall);
  const total = Math.max(0, wall - Math.max(0, clockShift));
  const woke = wokeWithin(total, before, after);
  const sameBoot = isSameBoot(before, after);
  const rebooted = sameBoot === null ? isBootMoved(before, after) : !sameBoot;
  const observed = !rebooted && !woke && wall >= 0 && isQuickRestart(total, options);
  return { total, awake: observed ? total : 0, slept: woke, rebooted, clockShift, newRun: true };
}

/**
 * A clock that was set back, and that is ahead by as much or more at the next start of the Mac, was corrected
 * meanwhile. Otherwise the Mac was off, as far as can be known.
 */
function shiftAcrossRuns({ clockOff = 0 }: Moment, wall: number): number {
  if (wall < -clockTolerance) return wall;
  return clockOff < -clockTolerance && wall >= -clockOff - clockTolerance ? -clockOff : 0;
}

/**
 * What the agent knows of the wall clock after a poll. `correction`: added to the time that was counted
 * across the last start of the Mac, since the clock was set.
 */
export function followClock(
  before: Moment,
  after: Moment,
  { clockShift, newRun }: ElapsedTime,
): { moment: Moment; correction: number } {
  const off = (before.clockOff ?? 0) + clockShift;
  const moment = { ...after, ...(off === 0 ? {} : { clockOff: off }) };
  if (newRun && !isMonotonicComparable(before, after)) {
    const bootGap = bootGapOf(after.at - before.at - Math.max(0, clockShift));
    return { moment: { ...moment, bootGap }, correction: 0 };
  }
  if (before.bootGap == null) return { moment, correction: 0 };
  const bootGap = afterClockShift(before.bootGap, clockShift);
  return { moment: { ...moment, bootGap }, correction: correctionOf(before.bootGap, clockShift) };
}

function isBootMoved(before: Moment, after: Moment): boolean {
  if (before.bootedAt === null || after.bootedAt === null) return false;
  return Math.abs(after.bootedAt - before.bootedAt) > bootTolerance;
}

/** Time across a quick restart, as in an upgrade, counts as awake. Longer time was not observed. */
function isQuickRestart(total: number, { expected }: { expected: number }): boolean {
  return total <= expected + minute;
}

/**
 * Whether the Mac woke between the two polls. A short poll does not read power, so the first full poll after
 * it can report a wake that is older than the previous poll. Such a wake is ignored.
 */
function wokeWithin(elapsed: number, before: Moment, after: Moment): boolean {
  if (!after.powerKnown || after.wokeAt === null || after.wokeAt === before.wokeAt) return false;
  return after.at - after.wokeAt <= elapsed + clockTolerance;
}
