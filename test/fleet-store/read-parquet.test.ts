import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NumberSpace } from '../../agent/fleet-store/number-list.ts';
import { ParquetFile } from '../../agent/fleet-store/parquet-file.ts';
import { rowGroups } from '../../agent/fleet-store/read-parquet.ts';
import { RowGroup } from '../../agent/fleet-store/row-group.ts';
import {
  columnsOfStore,
  type StoreCell,
  type StoreColumn,
  type StoreRow,
} from '../../agent/fleet-store/store-tables.ts';
import { testFolder } from './store-of.ts';

const folder = testFolder();
const columns = columnsOfStore('macs');

/** A row with this number in each of its columns that is no switch, and null where a column allows it. */
function row(number: number): StoreRow {
  const cells: Readonly<Record<StoreColumn['type'], StoreCell>> = {
    text: String(number),
    integer: number,
    boolean: number % 2 === 1,
    instant: number * 1000,
    day: number,
  };
  return columns.map(({ type, nullable }) => (nullable ? null : cells[type]));
}

function fileOf(name: string, ...groups: readonly (readonly StoreRow[])[]): string {
  const path = folder.path(name);
  const file = new ParquetFile(path, 'macs');
  for (const rows of groups) {
    const group = new RowGroup('macs', new NumberSpace());
    for (const one of rows) group.addRow(one);
    file.write(group);
  }
  file.complete();
  file.giveName();
  return path;
}

async function read(path: string, of: readonly StoreColumn[] = columns): Promise<StoreRow[][]> {
  return await Array.fromAsync(rowGroups(path, of));
}

test('the row groups of a file come one after the other, with the cells that were written', async () => {
  const groups = [[row(1), row(2)], [row(3)]];
  expect(await read(fileOf('groups.parquet', ...groups))).toEqual(groups);
});

test('a file of other columns, a folder and another file are named, with the reason', async () => {
  const path = fileOf('columns.parquet', [row(1)]);
  const [first] = columns;
  const other = columns.map((column) =>
    column === first ? { ...column, type: 'integer' as const } : column,
  );
  await expect(read(path, other)).rejects.toThrow(
    `columns.parquet can't be read: a cell of ${first?.name} is not of its type`,
  );
  mkdirSync(folder.path('folder.parquet'));
  await expect(read(folder.path('folder.parquet'))).rejects.toThrow('it is not a regular file');
  writeFileSync(folder.path('text.parquet'), 'x'.repeat(100));
  await expect(read(folder.path('text.parquet'))).rejects.toThrow("text.parquet can't be read");
});
