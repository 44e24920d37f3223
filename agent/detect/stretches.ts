/**
 * Stretches of active use on a line of real time, in milliseconds: ordered, not overlapping, `[from, to)`.
 * Real time means that sleep counts and clock jumps don't, so a stretch never moves once it is written.
 */
export type Stretches = readonly (readonly [from: number, to: number])[];

/** Polls that follow each other leave one stretch; rounding may leave a crack of less than this. */
const crack = 1_000;
/** A working day has a few dozen; this bounds the memory of a Mac that flaps for weeks. */
const most = 300;

/** Adds a stretch that ends later than all before it. What it would count twice is counted once. */
export function withStretch(stretches: Stretches, from: number, to: number): Stretches {
  const last = stretches.at(-1);
  const start = last === undefined ? from : Math.max(from, last[1]);
  if (to <= start) return stretches;
  if (last !== undefined && start - last[1] <= crack) return [...stretches.slice(0, -1), [last[0], to]];
  return [...stretches, [start, to] as const].slice(-most);
}

/** How much of them lies at or after `since`. */
export function activeSince(stretches: Stretches, since: number): number {
  return activeBetween(stretches, since, Number.POSITIVE_INFINITY);
}

export function activeBetween(stretches: Stretches, since: number, until: number): number {
  let sum = 0;
  for (const [from, to] of stretches) sum += Math.max(0, Math.min(to, until) - Math.max(from, since));
  return sum;
}
