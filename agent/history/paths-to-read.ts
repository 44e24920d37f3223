import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GlobalOptions } from '../shared/global-options.ts';
import { type Paths, pathsOf } from '../shared/paths.ts';
import { deleteAtExit } from '../shared/temporary-files.ts';
import { asStoreError, storeError } from '../store/errors.ts';
import { copyUntrustedFiles } from '../untrusted/copy-untrusted-files.ts';
import { freshDatabase } from '../untrusted/fresh-database.ts';
import { giveCopyTo } from '../untrusted/give-copy-to.ts';
import { hasOwnSql } from '../untrusted/has-own-sql.ts';
import { rootScratch } from '../untrusted/histories-of-users.ts';
import { readInChild } from '../untrusted/read-in-child.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';

/**
 * The paths for a command that reads a history. `--data-dir` can name a database of another person, so a
 * database of another owner, with SQL of its own or of unusual size is read by the untrusted reader, and
 * `database` is then a copy that holds its checked rows and this version's views. Root's reader has the
 * rights of the owner only. Throws StoreError.
 */
export async function pathsToRead(global: GlobalOptions): Promise<Paths> {
  const paths = pathsOf(global);
  const { database } = paths;
  // The reader reports a database that is missing or no file.
  const found = statSync(database, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return paths;
  const { uid } = found;
  try {
    if (uid === process.geteuid?.() && hasOwnSql(database)) return paths;
    return { ...paths, database: await checkedCopy(database, uid) };
  } catch (error) {
    throw error instanceof UntrustedDatabaseError
      ? storeError('schema', database, error)
      : asStoreError(error, database);
  }
}

/** The copy is deleted when the process ends. */
async function checkedCopy(path: string, owner: number): Promise<string> {
  const drops = process.geteuid?.() === 0 && owner !== 0;
  const folder = mkdtempSync(join(drops ? rootScratch : tmpdir(), 'psso-monitor-read-'));
  deleteAtExit([folder]);
  const raw = join(folder, 'raw.db');
  if (!copyUntrustedFiles(path, raw, null)) throw storeError('missing', path);
  const fresh = freshDatabase();
  try {
    const rights = drops ? ['--uid', String(owner)] : [];
    if (drops) giveCopyTo(owner, raw);
    await readInChild([process.argv[1] ?? '', 'read-copy', raw, ...rights], fresh.add);
    const copy = join(folder, 'events.db');
    writeFileSync(copy, fresh.db.serialize(), { mode: 0o600 });
    return copy;
  } finally {
    fresh.db.close();
  }
}
