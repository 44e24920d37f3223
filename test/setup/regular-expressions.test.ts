import { expect, test } from 'vitest';

test('a regular expression in toMatchObject is compared with the text', () => {
  const found = [{ message: 'The agent is not running.' }];
  expect(found).toMatchObject([{ message: /not running/ }]);
  expect(found).not.toMatchObject([{ message: /is running/ }]);
  expect({ inner: found }).not.toMatchObject({ inner: [{ message: /is running/ }] });
});
