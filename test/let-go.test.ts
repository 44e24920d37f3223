import { expect, test } from 'vitest';
import { memoryKeeper } from '../agent/let-go.ts';

test('memory is given back after the second look, then after every twelfth', () => {
  const at: number[] = [];
  let look = 0;
  const keep = memoryKeeper(() => at.push(look));
  for (look = 1; look <= 40; look++) keep();
  expect(at).toEqual([2, 14, 26, 38]);
});

test('where V8 does not offer it, nothing happens', () => {
  const keep = memoryKeeper(null);
  for (let look = 0; look < 30; look++) expect(keep).not.toThrow();
});
