import { expect, test } from 'vitest';
import { DiskRows } from '../../agent/fleet/disk-rows.ts';

const rows = Array.from({ length: 700 }, (_, index) => ({
  mac: `ä${index}\n`,
  open: [String(index)],
  at: null,
}));

test('rows come back in their order, as often as they are read', () => {
  const waiting = new DiskRows<(typeof rows)[number]>();
  expect([...waiting]).toEqual([]);
  for (const row of rows) waiting.add(row);
  expect([...waiting]).toEqual(rows);
  expect([...waiting]).toEqual(rows);
  expect(waiting).toHaveLength(700);
});

test('rows come back in the order of their keys; equal keys, in the order of the additions', () => {
  const waiting = new DiskRows<string>();
  for (const [key, row] of [
    ['b', 'first b'],
    ['a', 'a'],
    ['b', 'second b'],
    ['', 'empty'],
  ] as const)
    waiting.add(row, key);
  expect([...waiting]).toEqual(['empty', 'a', 'first b', 'second b']);
});

test('two readers can be at work, and rows can be added meanwhile', () => {
  const waiting = new DiskRows<number>();
  for (let number = 0; number < 300; number++) waiting.add(number);
  const pairs: [number, number][] = [];
  for (const one of waiting) {
    const [first] = waiting;
    if (one === 0) waiting.add(300);
    pairs.push([one, first ?? -1]);
  }
  expect(pairs.map(([one]) => one)).toEqual(Array.from({ length: 301 }, (_, number) => number));
  expect(new Set(pairs.map(([, first]) => first))).toEqual(new Set([0]));
});
