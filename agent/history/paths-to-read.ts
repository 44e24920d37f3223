import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GlobalOptions } from '../shared/global-options.ts';
import { type Paths, pathsOf } from '../shared/paths.ts';
import { deleteAtExit } from '../shared/temporary-files.ts';
import { asStoreError, storeError } from '../store/errors.ts';
import { copyUntrustedFiles } from '../untrusted/copy-untrusted-files.ts';
import { freshDatabase } from '../untrusted/fresh-database.ts';
import { hasOwnSql } from '../untrusted/has-own-sql.ts';
import { readInChild } from '../untrusted/read-in-child.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';

/**
 * The paths for a command that reads a history. `--data-dir` can name a database of another person, so a
 * database with SQL of its own or of unusual size is read by the untrusted reader, and `database` is then a
 * copy that holds its checked rows and this version's views. Throws StoreError.
 */
export async function pathsToRead(global: GlobalOptions): Promise<Paths> {
  const paths = pathsOf(global);
  const { database } = paths;
  // The reader reports a database that is missing or no file.
  if (statSync(database, { throwIfNoEntry: false })?.isFile() !== true) return paths;
  try {
    if (hasOwnSql(database)) return paths;
    return { ...paths, database: await checkedCopy(database) };
  } catch (error) {
    throw error instanceof UntrustedDatabaseError
      ? storeError('schema', database, error)
      : asStoreError(error, database);
  }
}

/** The copy is deleted when the process ends. */
async function checkedCopy(path: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-read-'));
  deleteAtExit([folder]);
  const raw = join(folder, 'raw.db');
  if (!copyUntrustedFiles(path, raw, null)) throw storeError('missing', path);
  const fresh = freshDatabase();
  try {
    await readInChild([process.argv[1] ?? '', 'read-copy', raw], fresh.add);
    const copy = join(folder, 'events.db');
    writeFileSync(copy, fresh.db.serialize(), { mode: 0o600 });
    return copy;
  } finally {
    fresh.db.close();
  }
}
