import { buildBinary } from 'plist';
import { expect, it } from 'vitest';
import { expandedSize } from '../../../agent/mac/parse/binary-plist-size.ts';

// The count of members is in the marker of an array, or in one byte or two after it.
it.each([0, 1, 14, 15, 255, 256, 300, 20_000])('%d members count one each', (count) => {
  const members = Array.from({ length: count }, (_, index) => `member ${index}`);
  const size = count + 1;
  expect(expandedSize(buildBinary(members), size)).toBe(size);
  expect(expandedSize(buildBinary(members), size - 1)).toBeNull();
});

it.each([1, 14, 15, 300])('%d keys count two each, with their values', (count) => {
  const pairs = Array.from({ length: count }, (_, index): [string, string] => [`key ${index}`, `${index}`]);
  expect(expandedSize(buildBinary(Object.fromEntries(pairs)), 1_000)).toBe(2 * count + 1);
});
