import { minute, second } from './types/time.ts';

/** How long to wait after a look: the usual interval, or the short one while something is pressing. Milliseconds. */
export function intervalAfter(
  pressing: boolean,
  settings: { readonly PollIntervalSeconds: number; readonly TroublePollIntervalSeconds: number },
): number {
  const { PollIntervalSeconds: usual, TroublePollIntervalSeconds: sooner } = settings;
  return (pressing ? Math.min(usual, sooner) : usual) * second;
}

export interface Tick {
  /** For cron. */
  readonly expression: string;
  /** Milliseconds from one to the next. */
  readonly every: number;
}

/**
 * The longest tick that divides both the interval and the hour, so that every look falls on one: five minutes for five, one
 * for seven. An interval of part of a minute, on a test bench, ticks by the second in the same way.
 */
export function tickFor(interval: number): Tick {
  const minutes = Math.round(interval / minute);
  if (minutes >= 1 && minutes * minute === interval) {
    const step = greatestCommonDivisor(minutes, 60);
    return { expression: step === 60 ? '0 * * * *' : `*/${step} * * * *`, every: step * minute };
  }
  const step = greatestCommonDivisor(Math.max(1, Math.round(interval / second)), 60);
  return { expression: step === 60 ? '0 * * * * *' : `*/${step} * * * * *`, every: step * second };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A tick may come a little before its time; and after a look between two ticks, the next but one would be nearly twice as late as is wanted. */
const toleranceOf = (tickEvery: number) => Math.max(second, tickEvery / 2);

export interface Plan {
  /** Monotonic and wall time of the last look, and what it asked for. */
  readonly lookedAt: number;
  readonly lookedAtWall: number;
  readonly nextIn: number;
}

/**
 * Whether this tick should look at the Mac. One that comes late, by the wall clock, means that
 * the Mac slept or the clock was set: look at once, and only once, however many looks were missed.
 */
export function isDue(
  plan: Plan | null,
  tick: { monotonic: number; wall: number; previousTickWall: number | null; tickEvery: number },
): boolean {
  if (plan === null) return true;
  if (tick.previousTickWall !== null) {
    const late = Math.abs(tick.wall - tick.previousTickWall) > 2.5 * tick.tickEvery;
    if (late) return true;
  }
  const wait = plan.nextIn - toleranceOf(tick.tickEvery);
  return tick.monotonic - plan.lookedAt >= wait || tick.wall - plan.lookedAtWall >= wait;
}
