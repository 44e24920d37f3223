import { expect, test } from 'vitest';
import { memoryKeeper } from '../agent/let-go.ts';

test('memory is given back after the second look, then after four hours of looks', () => {
  const at: number[] = [];
  let look = 0;
  const keep = memoryKeeper(() => at.push(look));
  for (look = 1; look <= 150; look++) keep();
  expect(at).toEqual([2, 50, 98, 146]);
});

test('where V8 does not offer it, nothing happens', () => {
  const keep = memoryKeeper(null);
  for (let look = 0; look < 100; look++) expect(keep).not.toThrow();
});
