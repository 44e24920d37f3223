import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterClockShift, bootGapOf, correctionOf } from '../../agent/detect/boot-gap.ts';
import { day, hour } from '../../agent/shared/time.ts';

/** What is counted in the end, after these clock changes. */
function countedAfter(gap: number, shifts: readonly number[]): number {
  let of = bootGapOf(gap);
  let counted = Math.max(0, gap);
  for (const shift of shifts) {
    counted += correctionOf(of, shift);
    of = afterClockShift(of, shift);
  }
  return counted;
}

describe('the time across a start of the Mac', () => {
  test.each<[string, number, readonly number[], number]>([
    ['a clock that was ahead and is corrected', 30 * day + hour, [-30 * day], hour],
    ['a clock that was behind and is corrected', hour - 9_000 * day, [9_000 * day], hour],
    ['a clock that was right and is set ahead', 8 * hour, [365 * day], 8 * hour],
    ['a clock that was right, is set ahead and back', 8 * hour, [365 * day, -365 * day], 8 * hour],
    ['a clock that was right, is set back and ahead', 8 * hour, [-365 * day, 365 * day], 8 * hour],
    ['a clock that was behind, is corrected and then ahead', hour - 30 * day, [30 * day, day], hour],
  ])('%s', (_, gap, shifts, counted) => {
    expect(countedAfter(gap, shifts)).toBe(counted);
  });

  test('is never negative, and never more than the first gap that was not', () => {
    const time = fc.integer({ min: -1_000 * day, max: 1_000 * day });
    fc.assert(
      fc.property(time, fc.array(time, { maxLength: 5 }), (gap, shifts) => {
        const gaps = [gap];
        for (const shift of shifts) gaps.push((gaps.at(-1) ?? 0) + shift);
        const counted = countedAfter(gap, shifts);
        expect(counted).toBeGreaterThanOrEqual(0);
        expect(counted).toBeLessThanOrEqual(gaps.find((one) => one > 0) ?? 0);
      }),
    );
  });
});
