import { expect, test } from 'vitest';
import { garbageCollector } from '../../agent/daemon/collect-garbage.ts';

test('old garbage is collected twice after the second poll and then once in two hours of polls', () => {
  const collections: [poll: number, type: string][] = [];
  let poll = 0;
  const collect = garbageCollector(async (options) => {
    const { type = 'major' } = typeof options === 'object' ? options : {};
    collections.push([poll, type]);
  });
  for (poll = 1; poll <= 60; poll++) collect();
  const ofType = (wanted: string) => collections.filter(([, type]) => type === wanted).map(([at]) => at);
  expect(ofType('major')).toEqual([2, 2, 26, 50]);
  // New objects are collected after all others.
  expect(ofType('minor')).toHaveLength(60 - 3);
});

test('nothing happens where V8 does not offer it', () => {
  const collect = garbageCollector();
  for (let poll = 0; poll < 40; poll++) expect(collect).not.toThrow();
});
