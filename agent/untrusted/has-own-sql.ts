import { lstatSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { besideOf, connectReadonly } from '../store/connection.ts';
import { storeError } from '../store/errors.ts';
import { freshDatabase } from './fresh-database.ts';

/** A history of many years is smaller: an event takes about 1 KB. */
const largest = 64 * 1024 * 1024;

/**
 * Whether a database can be read in this process: a file of usual size in which every table, view, index and
 * trigger is one of this version's. Throws StoreError for what SQLite would open and wait for, such as a FIFO
 * with the name of the WAL, and the errors of SQLite for a file that it can't open.
 */
export function hasOwnSql(path: string): boolean {
  const { wal, shm } = besideOf(path);
  const sizes = [path, wal, shm, `${path}-journal`].map((file) => sizeOf(file, path));
  if (sizes.reduce((sum, size) => sum + size, 0) > largest) return false;
  const db = connectReadonly(path, {});
  try {
    const fresh = freshDatabase().db;
    const known = new Set(objectsIn(fresh));
    fresh.close();
    return objectsIn(db).every((object) => known.has(object));
  } finally {
    db.close();
  }
}

function sizeOf(file: string, database: string): number {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (found.isFile() || (file === database && found.isSymbolicLink())) return found.size;
  throw storeError('cannot-open', database, new Error(`${file} is not a file`));
}

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

function objectsIn(db: Database.Database): string[] {
  return db
    .prepare<[], SchemaObject>('SELECT type, name, tbl_name, sql FROM sqlite_schema')
    .all()
    .map((object) => JSON.stringify(object));
}
