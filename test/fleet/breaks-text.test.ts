import { expect, test } from 'vitest';
import { breaksText } from '../../agent/fleet/breaks-text.ts';

test.each([
  [{ count: 1, macs: 1, macDays: 0 }, '1 break on 1 Mac in less than a day'],
  [{ count: 3, macs: 2, macDays: 1 }, '3 breaks on 2 Macs in 1 Mac-day'],
  [{ count: 3, macs: 2, macDays: 40 }, '3 breaks on 2 Macs in 40 Mac-days'],
])('%j is %s', (breaks, text) => {
  expect(breaksText(breaks)).toBe(text);
});
