import { expect, test } from 'vitest';
import { memoryKeeper } from '../agent/let-go.ts';
import { hour, minute } from '../agent/types/time.ts';

test('memory is given back after the second look, then once an hour, however often the Mac is looked at', () => {
  const at: number[] = [];
  let now = 0;
  const keep = memoryKeeper(() => at.push(now));
  for (now = 0; now <= 3 * hour; now += 5 * minute) keep(now);
  expect(at).toEqual([5 * minute, 65 * minute, 125 * minute]);
});

test('a clock that is set back does not put it off for long', () => {
  let times = 0;
  const keep = memoryKeeper(() => times++);
  for (const now of [10 * hour, 10 * hour, 2 * hour, 2 * hour]) keep(now);
  expect(times).toBe(2);
});

test('where V8 does not offer it, nothing happens', () => {
  const keep = memoryKeeper(null);
  for (let look = 0; look < 5; look++) expect(() => keep(look * hour)).not.toThrow();
});
