import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { checkUntrustedPages, checkUntrustedSchema } from '../untrusted/check-untrusted-schema.ts';
import { copyUntrustedFiles } from '../untrusted/copy-untrusted-files.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';

/** The name by which an attached database is asked. */
export const attachedSchema = 'pulled';

/**
 * Attaches a copy of a database that somebody else may have made, looks whether it is a sound history, and calls `use`. Only base
 * tables with plain columns may be asked then: nothing of the file is run, and nothing is left beside it. `scratch` is a folder of
 * our own that is used for nothing else meanwhile. Throws UntrustedDatabaseError, and what SQLite and `use` throw.
 */
export function withAttached<T>(db: Database.Database, path: string, scratch: string, use: () => T): T {
  const copy = join(scratch, 'events.db');
  try {
    if (!copyUntrustedFiles(path, copy, null))
      throw new UntrustedDatabaseError('io', 'there is no such file');
    if (!isSqlite(copy)) throw new UntrustedDatabaseError('notSqlite');
    db.prepare(`ATTACH DATABASE ? AS ${attachedSchema}`).run(copy);
    try {
      checkUntrustedSchema(db, attachedSchema);
      refuseMerged(db);
      checkUntrustedPages(db, attachedSchema);
      return use();
    } finally {
      db.exec(`DETACH DATABASE ${attachedSchema}`);
    }
  } finally {
    // What belonged to one file must never be taken for the next one's.
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(copy + ending, { force: true });
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

/** What `--out` wrote has the tables of a history too, and would count as one more Mac. */
function refuseMerged(db: Database.Database): void {
  const found = db
    .prepare(`SELECT 1 FROM ${attachedSchema}.sqlite_schema WHERE type = 'table' AND name = 'mac'`)
    .get();
  if (found !== undefined)
    throw new UntrustedDatabaseError('foreignSchema', 'but what fleet --out wrote of many');
}
