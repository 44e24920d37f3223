/**
 * The time across a start of the Mac, in milliseconds. Only the wall clock counts it, and a clock that was
 * wrong then is often corrected minutes later: at the next network time, or by the user. So it is counted
 * again when the clock is set.
 */
export interface BootGap {
  /** By the present wall clock; negative: it is behind the one before the start. */
  readonly gap: number;
  /** What counts at most: the first gap that was not negative; null: none yet. */
  readonly most: number | null;
}

export function bootGapOf(gap: number): BootGap {
  return { gap, most: gap > 0 ? gap : null };
}

/** The gap after the clock was set by `clockShift`. */
export function afterClockShift({ gap, most }: BootGap, clockShift: number): BootGap {
  const shifted = gap + clockShift;
  return { gap: shifted, most: most ?? bootGapOf(shifted).most };
}

/** What counts: a clock that is set ahead later adds nothing to a gap that was known. */
function countedGap({ gap, most }: BootGap): number {
  return Math.max(0, Math.min(gap, most ?? gap));
}

/** The time that a clock set by `clockShift` adds to what was counted; negative: it takes it back. */
export function correctionOf(of: BootGap, clockShift: number): number {
  return countedGap(afterClockShift(of, clockShift)) - countedGap(of);
}
