import { type FlatRecord, flatRecordOf } from './flat-record.ts';
import { rowGroups } from './read-parquet.ts';
import type { StoreFile } from './store-folder.ts';
import { columnsOfStore, type StoreRow, type StoreTable } from './store-tables.ts';

/**
 * The records of store files. Those of a row group are ordered by history and time: a request of OTLP is of
 * one history.
 */
export async function* recordsIn(
  files: readonly StoreFile[],
  counted: (records: number) => void = () => {},
): AsyncGenerator<FlatRecord, void> {
  for (const { path, table } of files)
    for await (const rows of rowGroups(path, columnsOfStore(table))) {
      sortRows(table, rows);
      for (const row of rows) yield flatRecordOf(table, row);
      counted(rows.length);
    }
}

const timeColumns = {
  events: 'at',
  windows: 'stale_from',
  issues: 'opened_at',
  macs: 'seen_at',
} as const satisfies Record<StoreTable, string>;

function sortRows(table: StoreTable, rows: StoreRow[]): void {
  const names = columnsOfStore(table).map(({ name }) => name);
  const [history, time] = [names.indexOf('history'), names.indexOf(timeColumns[table])];
  rows.sort((one, other) => {
    const [mine, its] = [String(one[history]), String(other[history])];
    if (mine !== its) return mine < its ? -1 : 1;
    return Number(one[time]) - Number(other[time]);
  });
}
