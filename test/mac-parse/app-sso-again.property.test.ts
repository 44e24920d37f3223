import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAppSso } from '../../agent/mac/parse/app-sso.ts';
import { appSsoParser } from '../../agent/mac/parse/app-sso-again.ts';
import { device, print, tokens, user } from './printed-app-sso.ts';

const second = fc.integer({ min: 0, max: 59 }).map((number) => String(number).padStart(2, '0'));
const printedTime = fc.oneof(
  { weight: 4, arbitrary: second.map((number) => `2026-02-03 08:00:${number} +0000`) },
  fc.constantFrom(
    '2026-02-03 08:00:60 +0000',
    '2026-03-01 08:00:00 +0000',
    'x',
    '',
    '\nTime: 2026-02-03 0:00',
  ),
);
const created = fc.oneof(
  { weight: 4, arbitrary: second.map((number) => `2026-02-03T08:00:${number}Z`) },
  fc.constantFrom('2026-02-03T08:00:00z', '2026-02-03T08:00"}\n}', '…'),
);
const printed = fc
  .record({
    time: printedTime,
    created: fc.array(created, { minLength: 3, maxLength: 3 }),
    bodies: fc.constantFrom<Record<string, unknown>>({}, { authGracePeriodStart: 'soon' }),
    tokens: fc.constantFrom(
      tokens,
      null,
      ['Received:', '2026-02-03T07:55:00Z', 'Expiration:', '2026-02-17T07:54:59Z'],
      ['Received:', '2026-02-03T07:55:00Z', 'Expiration:', '2026-02-03T08:00:30Z'],
      ['Received:', '2026-02-03T07:55:00Z', 'Expiration:', '2026-02-03T08:00:30Z (Not Expired)'],
    ),
    wrap: fc.constantFrom(
      (text: string) => text,
      (text: string) => text.replaceAll('\n', '\r\n'),
      (text: string) => `Time: 2026-02-03 08:00:00 +0000\n${text}`,
      (text: string) => `${text}\n${text}`,
    ),
  })
  .map(({ time, created: [first, second, third], bodies, tokens: lines, wrap }) =>
    wrap(
      print({
        time,
        device: { ...device, ...bodies, created: first },
        user: { ...user, created: second, userLoginConfiguration: { created: third } },
        tokens: lines,
      }),
    ),
  );

describe('a parser that remembers', () => {
  it('answers what one without a memory answers, whatever it was asked before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(printed, fc.constantFrom(undefined, 'robin')), { minLength: 2, maxLength: 6 }),
        (asked) => {
          const parse = appSsoParser();
          for (const [text, account] of asked) {
            const options = account === undefined ? {} : { account };
            expect(parse(text, options)).toEqual(parseAppSso(text, options));
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('answers the very same values when only the moment of the command is another', () => {
    const at = (moment: string) =>
      print({
        time: `2026-02-03 08:${moment} +0000`,
        device: { ...device, created: `2026-02-03T08:${moment}Z` },
        user: { ...user, created: `2026-02-03T08:${moment}Z` },
      });
    const parse = appSsoParser();
    const before = parse(at('00:00'));
    const after = parse(at('05:00'));
    expect(after.observedAt).toBe('2026-02-03T08:05:00Z');
    for (const part of ['device', 'user', 'tokens', 'kerberos', 'warnings'] as const)
      expect(after[part]).toBe(before[part]);
  });
});
