import { expect, test } from 'vitest';
import { garbageCollector } from '../../agent/daemon/collect-garbage.ts';

test('what two looks left is given back after them, and everything after the second look and every eight hours of them', () => {
  const quickly: number[] = [];
  const thoroughly: number[] = [];
  let poll = 0;
  const keep = garbageCollector({
    quickly: () => quickly.push(poll),
    thoroughly: () => thoroughly.push(poll),
  });
  for (poll = 1; poll <= 200; poll++) keep();
  expect(thoroughly).toEqual([2, 98, 194]);
  expect(quickly).toHaveLength(100 - 3);
});

test('where V8 does not offer it, nothing happens', () => {
  const keep = garbageCollector(null);
  for (let poll = 0; poll < 100; poll++) expect(keep).not.toThrow();
});
