import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePasswordPolicy } from '../../../../agent/mac/sources/password-policy/parse-password-policy.ts';
import { passwordPolicy } from '../../../../agent/shared/observation.ts';
import { byProfile, type Entry, matches, policyText } from './policy-text.ts';

const length = fc.integer({ min: 0, max: 64 });
const entry: fc.Arbitrary<Entry> = fc.oneof(
  length.map((n) => ({ content: matches(`.{${n},}+`), identifier: byProfile('minLength') })),
  fc.integer({ min: 0, max: 3 }).map((n) => ({ content: matches(`(.*[^a-zA-Z0-9].*){${n},}`) })),
  fc.constant({
    content: matches('^(?=.*[0-9])(?=.*[a-zA-Z]).+'),
    identifier: byProfile('requireAlphanumeric'),
  }),
  fc
    .string({ maxLength: 30 })
    .map((text) => ({ content: matches(text.replaceAll("'", '')), identifier: 'site rule' })),
  fc.string({ maxLength: 30 }).map((content) => ({ content })),
);
const policy = fc.array(entry, { maxLength: 6 });

it('answers any text, in the shape of the contract', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `<plist>${text}</plist>`),
      ),
      (text) => {
        expect(passwordPolicy.parse(parsePasswordPolicy(text))).toEqual(parsePasswordPolicy(text));
      },
    ),
    { numRuns: 300 },
  );
});

it('answers any policy, and the minimum length is the largest there is', () => {
  fc.assert(
    fc.property(policy, (content) => {
      const answer = passwordPolicy.parse(parsePasswordPolicy(policyText({ content })));
      const lengths = answer.rules.flatMap(({ kind, value }) =>
        kind === 'minLength' ? [Number(value)] : [],
      );
      expect(answer.minLength).toBe(lengths.length === 0 ? null : Math.max(...lengths));
      expect(answer.stricterThanIdp === true).toBe(answer.stricter.length > 0);
      if (answer.unknownRules.length > 0) expect(answer.stricterThanIdp).not.toBe(false);
    }),
    { numRuns: 150 },
  );
});

it('one rule more never makes a stricter policy harmless', () => {
  fc.assert(
    fc.property(policy, entry, (content, another) => {
      const before = parsePasswordPolicy(policyText({ content }));
      const after = parsePasswordPolicy(policyText({ content: [...content, another] }));
      if (before.stricterThanIdp === true) expect(after.stricterThanIdp).toBe(true);
      if (before.stricterThanIdp === null) expect(after.stricterThanIdp).not.toBe(false);
    }),
    { numRuns: 100 },
  );
});

it('a policy that is cut off anywhere is never called harmless', () => {
  const text = policyText({
    content: [{ content: matches('.{14,}'), identifier: byProfile('minLength') }],
  }).trimEnd();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 1 }), (end) => {
      expect(parsePasswordPolicy(text.slice(0, end)).stricterThanIdp).toBeNull();
    }),
    { numRuns: 200 },
  );
});
