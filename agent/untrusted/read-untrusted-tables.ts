import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { columnNamesOf, type HistoryTable, historyTables } from '../store/tables.ts';
import { beCautious, checkUntrustedPages, checkUntrustedSchema } from './check-untrusted-schema.ts';
import { limits, type TableRow, tableRow } from './table-rows.ts';
import { contentOfPacked } from './unpack-copy.ts';
import { asUntrustedDatabaseError, UntrustedDatabaseError } from './untrusted-database-error.ts';

/**
 * Reads an untrusted database row by row, and returns its schema version. `path` is a private copy.
 *
 * Reads named columns of base tables only: views, triggers, computed columns, checks and virtual tables are
 * code that would run in the reader (https://sqlite.org/security.html).
 *
 * Throws UntrustedDatabaseError; the caller must then discard the rows it has received.
 */
export function readUntrustedTables(path: string, to: { readonly row: (row: TableRow) => void }): number {
  try {
    // In memory: this process may write no file.
    const packed = inMemory(contentOfPacked(path));
    const db = new Database(packed ?? path, { readonly: true, fileMustExist: packed === null, timeout: 0 });
    try {
      beCautious(db);
      db.pragma('query_only = ON');
      // One state of the database from here on; SQLite opens no further file.
      db.exec('BEGIN');
      const schemaVersion = z.parse(z.int(), db.pragma('user_version', { simple: true }));
      checkUntrustedSchema(db, 'main');
      checkUntrustedPages(db, 'main');
      for (const table of historyTables) readTable(db, table, to.row);
      return schemaVersion;
    } finally {
      db.close();
    }
  } catch (error) {
    throw asUntrustedDatabaseError(error);
  }
}

/** SQLite opens no database in WAL mode in memory. A packed one has no WAL beside it, so the mode is moot. */
function inMemory(content: Buffer | null): Buffer | null {
  const [writeVersion, readVersion, rollbackJournal] = [18, 19, 1];
  if (content !== null && content.length > readVersion)
    content[writeVersion] = content[readVersion] = rollbackJournal;
  return content;
}

function readTable(db: Database.Database, table: HistoryTable, take: (row: TableRow) => void): void {
  // Cut at one character more than the limit, which shows that a text is too long.
  const cells = columnNamesOf(table).map(
    (name) =>
      `CASE WHEN typeof(${name}) IN ('text', 'blob') THEN substr(${name}, 1, ${limits.text + 1})
         ELSE ${name} END AS ${name}`,
  );
  const rows = db.prepare(`SELECT ${cells.join(', ')} FROM main.${table} NOT INDEXED`);
  let count = 0;
  for (const row of rows.iterate()) {
    if (++count > limits.rows) throw new UntrustedDatabaseError('tooLarge', `${table} has too many rows`);
    const checked = z.safeParse(tableRow, { table, row });
    if (checked.success) take(checked.data);
    else throw invalidCell(table, checked.error.issues[0]);
  }
}

function invalidCell(table: HistoryTable, issue: z.core.$ZodIssue | undefined): UntrustedDatabaseError {
  const column = String(issue?.path.at(-1));
  return issue?.code === 'too_big' && issue.origin === 'string'
    ? new UntrustedDatabaseError('tooLarge', `a text in ${table}.${column}`)
    : new UntrustedDatabaseError('damaged', `a cell of ${table}.${column} is invalid`);
}
