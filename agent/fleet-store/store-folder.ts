import { chmodSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../shared/errors.ts';
import { partialEnding } from './parquet-file.ts';
import { type StoreTable, storeTableNames } from './store-tables.ts';

/** A file of the store: `events/month=2026-11/run-000012.parquet`. */
export interface StoreFile {
  readonly table: StoreTable;
  readonly month: string;
  /** The run that wrote it. */
  readonly run: number;
  readonly path: string;
}

const runName = /^run-(\d{6,})\.parquet$/;
const monthName = /^month=(\d{4}-\d\d|unknown)$/;

export function ledgerPath(store: string): string {
  return join(store, 'ledger.db');
}

export function storeFilePath(store: string, table: StoreTable, month: string, run: number): string {
  return join(store, table, `month=${month}`, `run-${String(run).padStart(6, '0')}.parquet`);
}

/** Creates the folder of a partition, private to this user. */
export function makePartition(store: string, table: StoreTable, month: string): void {
  mkdirSync(join(store, table, `month=${month}`), { recursive: true, mode: 0o700 });
}

export function makeStoreFolder(store: string): void {
  if (mkdirSync(store, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(store, 0o700);
}

/** The Parquet files of the store, by table, month and run. */
export function storeFiles(store: string): StoreFile[] {
  return storeTableNames.flatMap((table) =>
    namesIn(join(store, table)).flatMap((folder) => {
      const month = monthName.exec(folder)?.[1];
      if (month === undefined) return [];
      return namesIn(join(store, table, folder)).flatMap((name) => {
        const run = runName.exec(name)?.[1];
        const path = join(store, table, folder, name);
        return run === undefined ? [] : [{ table, month, run: Number(run), path }];
      });
    }),
  );
}

/**
 * The path of a file of this store in a path that ends with table, month and run; null: another file. The
 * store may have been moved since.
 */
export function storeFileNamed(store: string, path: string): string | null {
  const [table = '', month = '', name = ''] = path.split('/').slice(-3);
  const isOne = storeTableNames.some((one) => one === table) && monthName.test(month) && runName.test(name);
  return isOne ? join(store, table, month, name) : null;
}

/**
 * Deletes what a run left that was killed: incomplete files, and files of a run that the ledger does not
 * know. The next run writes their rows again. A killed run is the next after the ledger's: files of a later
 * one mean that the ledger is older than the store, and are kept. Throws ProblemError.
 */
export function deleteUnfinished(store: string, lastRun: number): void {
  const later = storeFiles(store).find(({ run }) => run > lastRun + 1);
  if (later !== undefined)
    throw new ProblemError(
      `the ledger.db of the store ${store} is older than its files, such as ${later.path}. ` +
        'Nothing was changed. Restore ledger.db and the folders of the store from the same backup.',
    );
  for (const table of storeTableNames)
    for (const folder of namesIn(join(store, table)).filter((name) => monthName.test(name)))
      for (const name of namesIn(join(store, table, folder))) {
        const run = runName.exec(name)?.[1];
        const unfinished = run === undefined ? name.endsWith(partialEnding) : Number(run) > lastRun;
        if (unfinished) rmSync(join(store, table, folder, name), { force: true });
      }
}

/** Deletes files, and the partitions that are empty then. */
export function deleteStoreFiles(store: string, files: readonly StoreFile[]): void {
  for (const { path } of files) rmSync(path, { force: true });
  for (const { table, month } of files) {
    try {
      rmdirSync(join(store, table, `month=${month}`));
    } catch {
      // It has other files.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
