import { rowGroups } from './compact.ts';
import { type FlatRecord, flatRecordOf } from './flat-record.ts';
import type { StoreFile } from './store-folder.ts';
import { columnsOfStore } from './store-tables.ts';

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
      const records = rows.map((row) => flatRecordOf(table, row));
      yield* records.sort(byHistoryAndTime);
      counted(rows.length);
    }
}

function byHistoryAndTime(one: FlatRecord, other: FlatRecord): number {
  if (one.history !== other.history) return one.history < other.history ? -1 : 1;
  return one.at - other.at;
}
