import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { copyForeignFiles } from '../export/copy-foreign-files.ts';
import { asForeignDatabaseError, ForeignDatabaseError } from '../export/foreign-database-error.ts';
import { checkForeignPages, checkForeignSchema } from '../export/foreign-schema.ts';

/** The name by which an attached database is asked. */
export const foreign = 'pulled';

/**
 * Attaches a copy of a database that somebody else may have made, looks whether it is a sound history, and calls `use`. Only base
 * tables with plain columns may be asked then: nothing of the file is run, and nothing is left beside it. Throws
 * ForeignDatabaseError.
 */
export function withForeign<T>(db: Database.Database, path: string, use: () => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-fleet-'));
  try {
    const copy = join(folder, 'events.db');
    if (!copyForeignFiles(path, copy, null)) throw new ForeignDatabaseError('io', 'there is no such file');
    if (!isSqlite(copy)) throw new ForeignDatabaseError('notSqlite');
    db.prepare(`ATTACH DATABASE ? AS ${foreign}`).run(copy);
    try {
      checkForeignSchema(db, foreign);
      checkForeignPages(db, foreign);
      return use();
    } finally {
      db.exec(`DETACH DATABASE ${foreign}`);
    }
  } catch (error) {
    throw asForeignDatabaseError(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** SQLite itself takes a short or an empty file for a new database. */
function isSqlite(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(16);
    return readSync(file, header, 0, 16, 0) === 16 && header.toString('latin1') === 'SQLite format 3\0';
  } finally {
    closeSync(file);
  }
}
