import { existsSync, renameSync, rmSync } from 'node:fs';
import { Ledger } from './ledger.ts';
import { NumberSpace } from './number-list.ts';
import { ParquetFile, partialEnding } from './parquet-file.ts';
import { checkAsWritten, rowGroups } from './read-parquet.ts';
import { RowGroup } from './row-group.ts';
import {
  deleteUnfinished,
  type StoreFile,
  storeFileNamed,
  storeFilePath,
  storeFiles,
} from './store-folder.ts';
import { columnsOfStore } from './store-tables.ts';
import { supersededRows } from './superseded-rows.ts';

/** The rows of a row group. */
const rowsOfGroup = 50_000;

export interface Compacted {
  /** The months of a table that were rewritten. */
  readonly months: number;
  readonly filesBefore: number;
  readonly filesAfter: number;
}

/**
 * Rewrites the files of each month and table into one, where there are several. Of `macs` and `issues`, rows
 * that a later row supersedes are left out.
 */
export async function compactStore(store: string, progress: (text: string) => void): Promise<Compacted> {
  const ledger = new Ledger(store, 'write');
  try {
    finishCompaction(store, ledger);
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
      // A log platform gets every revision: what a consumer does not have stays whole.
      const dropsSuperseded = files.every((file) => partOf(file) === 0);
      await rewrite(store, ledger, files, dropsSuperseded);
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
 * the next. A path in the ledger counts by its names in this store only.
 */
export function finishCompaction(store: string, ledger: Ledger): void {
  const [old, path] = [ledger.get(replaced), storeFileNamed(store, ledger.get(replacement) ?? '')];
  if (!old || path === null) return;
  for (const file of old.split('\n')) {
    const inStore = storeFileNamed(store, file);
    if (inStore === null) continue;
    rmSync(inStore, { force: true });
    ledger.forgetHash(inStore);
  }
  if (existsSync(path + partialEnding)) renameSync(path + partialEnding, path);
  ledger.set(replaced, '');
  ledger.commit(ledger.run);
}

async function rewrite(
  store: string,
  ledger: Ledger,
  files: readonly StoreFile[],
  dropsSuperseded: boolean,
): Promise<void> {
  const [{ table, month } = { table: 'events', month: '' } as const] = files;
  const run = ledger.run + 1;
  const path = storeFilePath(store, table, month, run);
  const file = new ParquetFile(path, table);
  try {
    // Before any of them is read: the rows to leave out are read first.
    for (const { path: old } of files) await checkAsWritten(ledger, old);
    const superseded = dropsSuperseded ? await supersededRows(table, files, rowGroups) : null;
    const waiting = new RowGroup(table, new NumberSpace());
    let read = 0;
    for (const old of files)
      for await (const group of rowGroups(old.path, columnsOfStore(table))) {
        for (const row of group) {
          if (superseded?.[read++] === 1) continue;
          waiting.addRow(row);
        }
        if (waiting.rows < rowsOfGroup) continue;
        file.write(waiting);
        waiting.clear();
      }
    file.write(waiting);
    ledger.saveHash(path, file.complete());
  } catch (error) {
    file.abandon();
    throw error;
  }
  ledger.set(replaced, files.map((old) => old.path).join('\n'));
  ledger.set(replacement, path);
  ledger.saveRowsUntil(run, Math.max(...files.map((old) => ledger.rowsUntil(old.run))));
  ledger.commit(run);
  finishCompaction(store, ledger);
}
