import { expect, test } from 'vitest';
import { garbageCollector } from '../../agent/daemon/collect-garbage.ts';

test('garbage is collected twice after the second poll and then once in twelve polls', () => {
  const collectedAfter: number[] = [];
  let poll = 0;
  const collect = garbageCollector(async () => {
    collectedAfter.push(poll);
  });
  for (poll = 1; poll <= 60; poll++) collect();
  expect(collectedAfter).toEqual([2, 2, 14, 26, 38, 50]);
});

test('nothing happens where V8 does not offer it', () => {
  const collect = garbageCollector();
  for (let poll = 0; poll < 40; poll++) expect(collect).not.toThrow();
});
