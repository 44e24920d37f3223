import { type EpochMs, minute, second } from '../shared/time.ts';

/** What is known of the moment of one look. */
export interface Moment {
  readonly at: EpochMs;
  readonly monotonic: number;
  /** Which run of the agent looked: monotonic times of two runs can't be compared. */
  readonly run: string;
  /** From kern.boottime, kern.sleeptime and kern.waketime; null when they couldn't be read or never happened. */
  readonly bootedAt: EpochMs | null;
  readonly sleptAt: EpochMs | null;
  readonly wokeAt: EpochMs | null;
  /** Whether the three could be read at all. */
  readonly powerKnown: boolean;
}

/** How the time between two looks was spent. All in milliseconds. */
export interface ElapsedTime {
  /** Real time that passed, asleep or not, whatever the wall clock says. */
  readonly total: number;
  /** Of that, what the Mac was certainly awake for. Never more than elapsed. */
  readonly awake: number;
  readonly slept: boolean;
  readonly rebooted: boolean;
  /** How far the wall clock was moved besides; 0 when it wasn't. */
  readonly clockShift: number;
  /** The look before was another run's. */
  readonly newRun: boolean;
}

/** Clocks drift and a cycle takes seconds: less than this between two clocks is no jump. */
const jumpTolerance = 30 * second;
/** macOS moves kern.boottime a little when the clock is disciplined: less than this is no reboot. */
const bootTolerance = 2 * minute;

/**
 * Tells sleep, clock jumps and plain waiting apart. Where that can't be told, it is taken as sleep, so that uncertain
 * time is never counted against anyone.
 *
 * `expected` is the longest wait the schedule had planned, in milliseconds.
 */
export function elapsedTimeBetween(
  before: Moment,
  after: Moment,
  options: { expected: number; monotonicCountsSleep: boolean },
): ElapsedTime {
  const wall = after.at - before.at;
  const newRun = before.run !== after.run;
  if (newRun) {
    const total = Math.max(0, wall);
    const woke = wokeWithin(total, before, after);
    const rebooted =
      before.bootedAt !== null &&
      after.bootedAt !== null &&
      Math.abs(after.bootedAt - before.bootedAt) > bootTolerance;
    // A quick restart, as in an upgrade, loses nothing; anything longer was not watched and does not count.
    const watched = !rebooted && !woke && wall >= 0 && total <= options.expected + minute;
    return { total, awake: watched ? total : 0, slept: woke, rebooted, clockShift: 0, newRun };
  }

  const steady = Math.max(0, after.monotonic - before.monotonic);
  const difference = wall - steady;
  const jumped = Math.abs(difference) > jumpTolerance;
  // A clock that was set, or stood still, says nothing of how long ago the wake was.
  const woke = wokeWithin(jumped ? Number.POSITIVE_INFINITY : steady, before, after);
  const sleptOnStoppedClock =
    jumped && difference > 0 && !options.monotonicCountsSleep && (woke || !after.powerKnown);
  const clockShift = jumped && !sleptOnStoppedClock ? difference : 0;
  const elapsed = sleptOnStoppedClock ? wall : steady;
  // Late without a wake time to explain it: the process was stopped, or sleep can't be read here.
  const late = elapsed > 2 * options.expected + minute;
  const slept = woke || sleptOnStoppedClock;
  if (!slept)
    return { total: elapsed, awake: late ? 0 : elapsed, slept: late, rebooted: false, clockShift, newRun };
  const sinceWake = woke && after.wokeAt !== null ? after.at - after.wokeAt : 0;
  const awake = Math.min(Math.max(0, sinceWake), elapsed);
  return { total: elapsed, awake, slept, rebooted: false, clockShift, newRun };
}

/**
 * Whether the Mac woke in this time before the look. A wake that is news may be older than the look before, which was a quiet one and did not
 * ask (detect/quiet.ts): that lies in no stretch that is still to be told apart.
 */
function wokeWithin(elapsed: number, before: Moment, after: Moment): boolean {
  if (!after.powerKnown || after.wokeAt === null || after.wokeAt === before.wokeAt) return false;
  return after.at - after.wokeAt <= elapsed + jumpTolerance;
}
