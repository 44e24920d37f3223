import { expect, test } from 'vitest';
import { PackedRows } from '../../agent/fleet/packed-rows.ts';

test('rows come back in their order, as often as they are read', () => {
  const rows = Array.from({ length: 700 }, (_, index) => ({
    mac: `ä${index}\n`,
    open: [String(index)],
    at: null,
  }));
  const packed = new PackedRows<(typeof rows)[number]>();
  expect([...packed]).toEqual([]);
  for (const row of rows) packed.add(row);
  expect([...packed]).toEqual(rows);
  expect([...packed]).toEqual(rows);
});
