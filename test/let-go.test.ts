import { expect, test } from 'vitest';
import { memoryKeeper } from '../agent/let-go.ts';

test('what two looks left is given back after them, and everything after the second look and every eight hours of them', () => {
  const quickly: number[] = [];
  const thoroughly: number[] = [];
  let look = 0;
  const keep = memoryKeeper({
    quickly: () => quickly.push(look),
    thoroughly: () => thoroughly.push(look),
  });
  for (look = 1; look <= 200; look++) keep();
  expect(thoroughly).toEqual([2, 98, 194]);
  expect(quickly).toHaveLength(100 - 3);
});

test('where V8 does not offer it, nothing happens', () => {
  const keep = memoryKeeper(null);
  for (let look = 0; look < 100; look++) expect(keep).not.toThrow();
});
