/**
 * Intervals `[from, to)` of active time in milliseconds of real time: ordered, without overlap. Real time
 * includes sleep and ignores clock changes, so a recorded interval never moves.
 */
export type ActiveIntervals = readonly (readonly [from: number, to: number])[];

/** Two intervals with a smaller gap are one: rounding causes gaps between consecutive polls. */
const roundingGap = 1_000;
/** Bounds the memory. A working day has a few dozen intervals. */
const mostIntervals = 300;

/** Adds an interval that ends later than all others. The part that overlaps the last one is cut off. */
export function addInterval(intervals: ActiveIntervals, from: number, to: number): ActiveIntervals {
  const last = intervals.at(-1);
  const start = last === undefined ? from : Math.max(from, last[1]);
  if (to <= start) return intervals;
  if (last !== undefined && start - last[1] <= roundingGap) return [...intervals.slice(0, -1), [last[0], to]];
  return [...intervals, [start, to] as const].slice(-mostIntervals);
}

/** The milliseconds of active time at or after `since`. */
export function activeTimeSince(intervals: ActiveIntervals, since: number): number {
  return activeTimeBetween(intervals, since, Number.POSITIVE_INFINITY);
}

/** The milliseconds of active time between `since` and `until`. */
export function activeTimeBetween(intervals: ActiveIntervals, since: number, until: number): number {
  let sum = 0;
  for (const [from, to] of intervals) sum += Math.max(0, Math.min(to, until) - Math.max(from, since));
  return sum;
}
