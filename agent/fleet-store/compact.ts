import { existsSync, renameSync, rmSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { ProblemError } from '../shared/errors.ts';
import { Ledger } from './ledger.ts';
import { ParquetFile, partialEnding } from './parquet-file.ts';
import { deleteUnfinished, type StoreFile, storeFilePath, storeFiles } from './store-folder.ts';
import {
  columnsOfStore,
  emptyColumns,
  type StoreCell,
  type StoreColumn,
  type StoreColumnType,
  type StoreRow,
} from './store-tables.ts';

/** The rows of a row group. */
const rowsOfGroup = 50_000;
const day = 86_400_000;

export interface Compacted {
  /** The months of a table that were rewritten. */
  readonly months: number;
  readonly filesBefore: number;
  readonly filesAfter: number;
}

/** Rewrites the files of each month and table into one, where there are several. */
export async function compactStore(store: string, progress: (text: string) => void): Promise<Compacted> {
  const ledger = new Ledger(store, { write: true });
  try {
    finishCompaction(ledger);
    deleteUnfinished(store, ledger.run);
    const before = storeFiles(store);
    // A file never holds rows that a consumer of the store has beside rows that it does not have.
    const had = ledger.consumerRuns();
    const partOf = ({ run }: StoreFile) => had.filter((at) => at < ledger.rowsUntil(run)).length;
    const months = [
      ...Map.groupBy(before, (file) => `${file.table} ${file.month} ${partOf(file)}`).values(),
    ].filter(({ length }) => length > 1);
    for (const [index, files] of months.entries()) {
      progress(`${index} of ${months.length} months rewritten`);
      await rewrite(store, ledger, files);
    }
    return { months: months.length, filesBefore: before.length, filesAfter: storeFiles(store).length };
  } finally {
    ledger.close();
  }
}

/** The ledger's keys while old files give way to a new one: their paths, one a line, and the new path. */
const [replaced, replacement] = ['replaced', 'replacement'] as const;

/**
 * The new file is complete, and the ledger knows it and the old files. They are deleted first: a reader
 * between the two steps finds too little for a moment, and never a row twice. A killed run leaves the rest to
 * the next.
 */
export function finishCompaction(ledger: Ledger): void {
  const [old, path] = [ledger.get(replaced), ledger.get(replacement)];
  if (!old || !path) return;
  for (const file of old.split('\n')) rmSync(file, { force: true });
  if (existsSync(path + partialEnding)) renameSync(path + partialEnding, path);
  ledger.set(replaced, '');
  ledger.commit(ledger.run);
}

async function rewrite(store: string, ledger: Ledger, files: readonly StoreFile[]): Promise<void> {
  const [{ table, month } = { table: 'events', month: '' } as const] = files;
  const run = ledger.run + 1;
  const path = storeFilePath(store, table, month, run);
  const file = new ParquetFile(path, table);
  try {
    let [columns, rows] = [emptyColumns(table), 0];
    for (const old of files)
      for await (const group of rowGroups(old.path, columnsOfStore(table))) {
        for (const row of group) for (const [index, cell] of row.entries()) columns[index]?.push(cell);
        rows += group.length;
        if (rows < rowsOfGroup) continue;
        file.write(columns, rows);
        [columns, rows] = [emptyColumns(table), 0];
      }
    file.write(columns, rows);
    file.complete();
  } catch (error) {
    file.abandon();
    throw error;
  }
  ledger.set(replaced, files.map((old) => old.path).join('\n'));
  ledger.set(replacement, path);
  ledger.saveRowsUntil(run, Math.max(...files.map((old) => ledger.rowsUntil(old.run))));
  ledger.commit(run);
  finishCompaction(ledger);
}

/** The rows of a file, one row group after the other. Throws ProblemError. */
export async function* rowGroups(
  path: string,
  columns: readonly StoreColumn[],
): AsyncGenerator<StoreRow[], void> {
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const { num_rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(num_rows);
      const rows = await new Promise<unknown[][]>((resolve, reject) => {
        parquetRead({
          file,
          metadata,
          columns: columns.map(({ name }) => name),
          rowStart,
          rowEnd,
          compressors: { ZSTD: (bytes) => zstdDecompressSync(bytes) },
          onComplete: resolve,
        }).catch(reject);
      });
      yield rows.map((row) => row.map((cell, index) => cellIn(cell, columns[index]?.type)));
      rowStart = rowEnd;
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError(`${path} can't be read: ${why}. The store is unchanged; restore this file.`, {
      cause,
    });
  }
}

function cellIn(cell: unknown, type: StoreColumnType | undefined): StoreCell {
  if (cell instanceof Date) return type === 'day' ? Math.floor(cell.getTime() / day) : cell.getTime();
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? cell : null;
}
