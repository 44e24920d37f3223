import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findAppSsoOutputs } from '../../../../agent/mac/sources/app-sso/sections.ts';
import { print } from './printed-app-sso.ts';

const meaningful = [
  'Device Configuration:',
  'Login Configuration:',
  'User Configuration:',
  'Guest Configuration:',
  'SSO Tokens:',
  'Received:',
  'Expiration:',
  'Time: 2026-02-03 08:00:00 +0000',
  'Time:',
  '{',
  '}',
  '{}',
  '(null)',
  '"state" : "POUserStateNormal (0)",',
  '2026-02-17T07:54:59Z (Not Expired)',
  '',
];
const line = fc
  .tuple(
    fc.constantFrom('', '', ' ', '  '),
    fc.oneof(fc.constantFrom(...meaningful), fc.string({ maxLength: 6 })),
    fc.constantFrom('', ' ', '\r'),
  )
  .map((parts) => parts.join(''));
const text = fc.oneof(
  fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n')),
  fc.tuple(fc.nat(100), fc.array(line, { maxLength: 3 })).map(([at, lines]) =>
    print()
      .split('\n')
      .toSpliced(at, 0, ...lines)
      .join('\n'),
  ),
);

/** Every line that was indented with a blank begins with a tab. */
const withTabs = (printed: string) => printed.replace(/^ /gm, '\t');

// Lines of a body that begin with a blank are passed over early. Those that begin with a tab are not, and
// come to the same.
it('finds the same sections, finds the same sections with any indentation', () => {
  fc.assert(
    fc.property(text, (printed) => {
      const found = JSON.stringify(findAppSsoOutputs(printed), (_, value: unknown) =>
        typeof value === 'string' ? withTabs(value) : value,
      );
      expect(JSON.stringify(findAppSsoOutputs(withTabs(printed)))).toBe(found);
    }),
    { numRuns: 1_000 },
  );
});
