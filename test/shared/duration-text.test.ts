import { expect, test } from 'vitest';
import { durationText } from '../../agent/shared/duration-text.ts';

test.each([
  [0, '0 s'],
  [40, '40 s'],
  [4 * 86_400 + 15, '4 d'],
  [3600 + 5, '1 h'],
  [2 * 86_400 + 3 * 3600 + 59, '2 d 3 h'],
  [13 * 60 + 15, '13 min 15 s'],
])('%i seconds are %j', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
