/**
 * The time across a start of the Mac, in milliseconds. Only the wall clock measures it. A wall clock that is
 * wrong at the start is often set minutes later, by network time or by the user. The agent then measures the
 * time again.
 */
export interface BootGap {
  /** By the present wall clock; negative: it is behind the one before the start. */
  readonly gap: number;
  /** The most that counts: the first gap above zero; null: none yet. */
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

/** The time that counts. A clock that is set ahead later adds nothing to a known gap. */
function countedGap({ gap, most }: BootGap): number {
  return Math.max(0, Math.min(gap, most ?? gap));
}

/** The time that a clock set by `clockShift` adds to what was counted; negative: it takes it back. */
export function correctionOf(of: BootGap, clockShift: number): number {
  return countedGap(afterClockShift(of, clockShift)) - countedGap(of);
}
