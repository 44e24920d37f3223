import { expect } from 'vitest';

// In toMatchObject, a regular expression has no properties of its own: by itself it would equal any text.
expect.addEqualityTesters([
  (actual: unknown, expected: unknown) =>
    typeof actual === 'string' && expected instanceof RegExp ? expected.test(actual) : undefined,
]);
