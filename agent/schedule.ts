import { second } from './types/time.ts';

/** How long to wait after a look: the usual interval, or the short one while something is wrong. Milliseconds. */
export function intervalAfter(
  trouble: boolean,
  settings: { readonly PollIntervalSeconds: number; readonly TroublePollIntervalSeconds: number },
): number {
  const { PollIntervalSeconds: usual, TroublePollIntervalSeconds: sooner } = settings;
  return (trouble ? Math.min(usual, sooner) : usual) * second;
}

/** A tick may come a little before its time. */
const tickTolerance = second;

export interface Plan {
  /** Monotonic and wall time of the last look, and what it asked for. */
  readonly lookedAt: number;
  readonly lookedAtWall: number;
  readonly nextIn: number;
}

/**
 * Whether this tick should look at the Mac. Ticks come every minute; one that comes late, by the wall clock, means that
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
  return (
    tick.monotonic - plan.lookedAt >= plan.nextIn - tickTolerance ||
    tick.wall - plan.lookedAtWall >= plan.nextIn - tickTolerance
  );
}
