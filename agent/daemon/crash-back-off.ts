import { minute, second } from '../shared/time.ts';

/**
 * Slows a crash loop down, since launchd restarts a failing agent each minute: after three quick deaths, each
 * run waits longer before its first poll.
 */

/** By quick deaths in a row. Two can have any reason, such as a power loss; three are a pattern. */
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

/** Milliseconds to wait before the first poll. */
export function backOffDelay(quickDeaths: number): number {
  return delays[quickDeaths] ?? longest;
}
