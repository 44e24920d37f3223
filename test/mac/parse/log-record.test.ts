import { expect, test } from 'vitest';
import { parseLogLine } from '../../../agent/mac/parse/log-lines.ts';
import { mentionsPlatformSso } from '../../../agent/mac/parse/log-record.ts';

test.each(['AppSSO', 'PlatformSSO', 'Mac SSO Extension'])(
  'a line with %s can be about Platform SSO',
  (mark) => {
    expect(mentionsPlatformSso(`before ${mark} after`)).toBe(true);
    expect(mentionsPlatformSso(`before ${mark.toLowerCase()} after`)).toBe(false);
  },
);

test('the time of a compact line is that which is printed, with or without a zone', () => {
  const line = (zone: string) => `2026-02-03 09:00:00.123${zone} Df AppSSOAgent[1095:3f2a] Hello`;
  expect(parseLogLine(line(''))?.timestamp).toBe('2026-02-03 09:00:00.123');
  expect(parseLogLine(line('+0100'))?.timestamp).toBe('2026-02-03 09:00:00.123+0100');
});
