import { expect, test } from 'vitest';
import { chunksOf, jsonPieces } from '../../agent/shared/json-pieces.ts';

const of = (list: Iterable<unknown>) => ({
  text: 'a\n"b"\u2028',
  none: null,
  left: undefined,
  empty: {},
  more: { list, numbers: [1, [2, { three: 3 }]], nothing: [] },
  last: [{ a: [] }],
});

const lists: readonly (readonly unknown[])[] = [[], [1], [{ a: 1, b: [] }, null, 'x\ny']];

test('the pieces are the text of JSON.stringify', () => {
  for (const indent of [0, 2])
    for (const list of lists) {
      const whole = JSON.stringify(of(list), null, indent);
      const pieces = [...jsonPieces(of(new Set(list)), indent)];
      expect(pieces.join('')).toBe(whole);
      expect([...chunksOf(pieces)].join('')).toBe(whole);
    }
});

test('a long list comes in chunks', () => {
  const chunks = [...chunksOf(jsonPieces({ list: new Set(Array(50_000).keys()) }))];
  expect(chunks.length).toBeGreaterThan(2);
  expect(JSON.parse(chunks.join('')).list).toHaveLength(50_000);
});
