import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { checkUntrustedPages, refuseMerged } from '../untrusted/check-untrusted-schema.ts';
import { copyUntrustedFiles } from '../untrusted/copy-untrusted-files.ts';
import type { KnownSchemas } from '../untrusted/known-schemas.ts';
import { contentOfPacked } from '../untrusted/unpack-copy.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';

/** The schema name of the attached database. */
export const attachedSchema = 'pulled';

/** A database to attach. */
export interface GivenDatabase {
  readonly path: string;
  /** It is a private copy already, which nothing else changes while it is read. */
  readonly isCopy: boolean;
}

/**
 * Attaches a private copy of an untrusted database, checks its schema and pages, and calls `use`, which may
 * read base tables only: so no code of the file runs. `scratch`: a private folder for a copy. Throws
 * UntrustedDatabaseError, and the errors of SQLite and `use`.
 */
export function withAttached<T>(
  db: Database.Database,
  given: GivenDatabase,
  { scratch, schemas }: { readonly scratch: string; readonly schemas: KnownSchemas },
  use: () => T,
): T {
  const place = join(scratch, 'events.db');
  try {
    const copy = privateCopyOf(given, place);
    if (!isSqlite(copy)) throw new UntrustedDatabaseError('notSqlite');
    db.prepare(`ATTACH DATABASE ? AS ${attachedSchema}`).run(copy);
    try {
      refuseMerged(schemas.check(db, attachedSchema));
      checkUntrustedPages(db, attachedSchema);
      return use();
    } finally {
      db.exec(`DETACH DATABASE ${attachedSchema}`);
    }
  } finally {
    // SQLite must not take the WAL of one file for that of the next one.
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(place + ending, { force: true });
  }
}

/** The path of a private copy that is not packed: the given file where possible, or a file at `place`. */
function privateCopyOf({ path, isCopy }: GivenDatabase, place: string): string {
  if (!isCopy && !copyUntrustedFiles(path, place, null))
    throw new UntrustedDatabaseError('io', 'there is no such file');
  const copy = isCopy ? path : place;
  const content = contentOfPacked(copy);
  if (content === null) return copy;
  writeFileSync(place, content);
  return place;
}

/** SQLite takes a short or empty file for a new database. */
function isSqlite(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(16);
    return readSync(file, header, 0, 16, 0) === 16 && header.toString('latin1') === 'SQLite format 3\0';
  } finally {
    closeSync(file);
  }
}
