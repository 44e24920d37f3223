import { expect, test } from 'vitest';
import { parseLogLine } from '../../../agent/mac/parse/log-lines.ts';

test.each([
  '2026-02-03 09:00:00.123456+0100 0x150d23a  Default     0x0                  1095   0    AppSSOAgent: ',
  '2026-02-03 09:00:00.123456+0100  localhost AppSSOAgent[1095]: ',
  '2026-02-03 09:00:00.123 Df AppSSOAgent[1095:3f2a] ',
  'default\t09:00:00.123456+0100\tAppSSOAgent\t',
])('of a line that begins with %j, 4,000 characters are read', (begin) => {
  const rest = 4_000 - begin.length;
  expect(parseLogLine(begin + 'x'.repeat(rest + 1_000))?.message).toBe('x'.repeat(rest));
  expect(parseLogLine(begin + 'x'.repeat(rest))?.message).toBe('x'.repeat(rest));
});
