import { type EpochMs, minute, second } from '../shared/time.ts';

/**
 * A crash loop must not eat a battery. launchd starts a failing agent again each minute, for ever; so the agent itself
 * waits before it begins its work, longer each time, when the runs before it died soon after their start.
 */

/** A run that was seen alive for this long did its work; what ended it is no crash loop. Milliseconds. */
const longEnough = 10 * minute;

/** Two quick deaths may be anything: a Mac that lost power, a hand on the wrong process. From the third on it is a pattern. */
const delays: readonly number[] = [
  0,
  0,
  0,
  10 * second,
  30 * second,
  2 * minute,
  5 * minute,
  15 * minute,
  30 * minute,
];
const longest = 60 * minute;

/** How many runs in a row ended badly and soon, before the one that starts now. */
export function quickDeathsBefore(
  previous: {
    readonly startedAt: EpochMs;
    readonly lastPollAt: EpochMs | null;
    readonly cleanStop: boolean;
    readonly quickDeaths: number;
  } | null,
): number {
  if (previous === null || previous.cleanStop) return 0;
  // A run that never looked lived for nothing: its last look, if there is one, was another run's.
  const lived = (previous.lastPollAt ?? previous.startedAt) - previous.startedAt;
  return lived < longEnough ? previous.quickDeaths + 1 : 0;
}

/** Milliseconds to wait before the work begins. */
export function backOffDelay(quickDeaths: number): number {
  return delays[quickDeaths] ?? longest;
}
