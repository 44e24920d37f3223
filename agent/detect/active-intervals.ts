/**
 * Stretches of active use on a line of real time, in milliseconds: ordered, not overlapping, `[from, to)`.
 * Real time means that sleep counts and clock jumps don't, so a stretch never moves once it is written.
 */
export type ActiveIntervals = readonly (readonly [from: number, to: number])[];

/** Polls that follow each other leave one stretch; rounding may leave a crack of less than this. */
const roundingGap = 1_000;
/** A working day has a few dozen; this bounds the memory of a Mac that flaps for weeks. */
const mostIntervals = 300;

/** Adds a stretch that ends later than all before it. What it would count twice is counted once. */
export function addInterval(intervals: ActiveIntervals, from: number, to: number): ActiveIntervals {
  const last = intervals.at(-1);
  const start = last === undefined ? from : Math.max(from, last[1]);
  if (to <= start) return intervals;
  if (last !== undefined && start - last[1] <= roundingGap) return [...intervals.slice(0, -1), [last[0], to]];
  return [...intervals, [start, to] as const].slice(-mostIntervals);
}

/** How much of them lies at or after `since`. */
export function activeTimeSince(intervals: ActiveIntervals, since: number): number {
  return activeTimeBetween(intervals, since, Number.POSITIVE_INFINITY);
}

export function activeTimeBetween(intervals: ActiveIntervals, since: number, until: number): number {
  let sum = 0;
  for (const [from, to] of intervals) sum += Math.max(0, Math.min(to, until) - Math.max(from, since));
  return sum;
}
