import { minute, second } from '../shared/time.ts';

/**
 * A crash loop must not eat a battery. launchd starts a failing agent again each minute, for ever; so the agent itself
 * waits before it begins its work, longer each time, when the runs before it died soon after their start.
 */

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

/** Milliseconds to wait before the work begins. */
export function backOffDelay(quickDeaths: number): number {
  return delays[quickDeaths] ?? longest;
}
