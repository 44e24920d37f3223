import { describe, expect, test } from 'vitest';
import {
  type ActiveIntervals,
  activeTimeBetween,
  activeTimeSince,
  addInterval,
} from '../../agent/detect/active-intervals.ts';
import type { Change } from '../../agent/detect/memory.ts';
import { rememberChanges } from '../../agent/detect/remembered-changes.ts';
import { newEvent } from '../../agent/shared/event.ts';

describe('an interval of active time', () => {
  test.each<[string, number, number, ActiveIntervals]>([
    [
      'after the last one is added',
      5_000,
      6_000,
      [
        [0, 2_000],
        [5_000, 6_000],
      ],
    ],
    ['with a gap of a second continues the last one', 3_000, 4_000, [[0, 4_000]]],
    [
      'with a longer gap does not',
      3_001,
      4_000,
      [
        [0, 2_000],
        [3_001, 4_000],
      ],
    ],
    ['that overlaps the last one is cut off', 1_000, 3_000, [[0, 3_000]]],
    ['within the last one adds nothing', 500, 1_500, [[0, 2_000]]],
    ['that ends with the last one adds nothing', 500, 2_000, [[0, 2_000]]],
    ['without a length adds nothing', 9_000, 9_000, [[0, 2_000]]],
    ['that ends before it begins adds nothing', 9_000, 8_000, [[0, 2_000]]],
  ])('%s', (_what, from, to, expected) => {
    expect(addInterval([[0, 2_000]], from, to)).toEqual(expected);
  });

  test('is the first one', () => {
    expect(addInterval([], 3, 7)).toEqual([[3, 7]]);
    expect(addInterval([], 7, 7)).toEqual([]);
  });

  test('drops the oldest one when there are too many', () => {
    let intervals: ActiveIntervals = [];
    for (let index = 0; index < 302; index++)
      intervals = addInterval(intervals, index * 10_000, index * 10_000 + 1);
    expect(intervals).toHaveLength(300);
    expect(intervals[0]).toEqual([20_000, 20_001]);
  });
});

test('active time is counted between two times', () => {
  const intervals: ActiveIntervals = [
    [0, 10],
    [20, 30],
  ];
  expect(activeTimeSince(intervals, 0)).toBe(20);
  expect(activeTimeSince(intervals, 25)).toBe(5);
  expect(activeTimeBetween(intervals, 5, 25)).toBe(10);
  expect(activeTimeBetween(intervals, 12, 18)).toBe(0);
});

test('forty changes are remembered, the newest last', () => {
  const changes: Change[] = Array.from({ length: 40 }, (_, at) => ({
    kind: 'macos-updated',
    at,
    from: null,
    to: String(at),
  }));
  const event = newEvent(99, 'profile-changed', 'info', 'It changed.', { from: 'a', to: 'b' });
  const remembered = rememberChanges(changes, [event], [], { now: 99, activeTime: 7 });
  expect(remembered).toEqual([
    ...changes.slice(1),
    { kind: 'profile-changed', at: 99, from: 'a', to: 'b', activeTime: 7 },
  ]);
});
