import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { asForeignDatabaseError, ForeignDatabaseError } from './foreign-database-error.ts';
import { columnsOf, limits, type TableName, type TableRow, tableNames, tableRow } from './table-rows.ts';

/**
 * Reads a database that somebody else may have made, row by row, and answers its schema version. `path` is a private copy that
 * nobody else can change.
 *
 * Only base tables are read, with their columns named: views, triggers, computed columns, checks and virtual tables of such a
 * file are code that would run in its reader (https://sqlite.org/security.html).
 *
 * `opened` is called when the files are open and nothing of them was understood but the header: the moment to give up rights.
 * Throws ForeignDatabaseError; what was handed over until then is to be forgotten.
 */
export function readForeignTables(
  path: string,
  to: { readonly opened?: () => void; readonly row: (row: TableRow) => void },
): number {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
    try {
      for (const setting of cautious) db.pragma(setting);
      // From here on one state of the database, and no further file is opened.
      db.exec('BEGIN');
      const schemaVersion = z.parse(z.int(), db.pragma('user_version', { simple: true }));
      to.opened?.();
      checkSchema(db);
      checkPages(db);
      for (const table of tableNames) readTable(db, table, to.row);
      return schemaVersion;
    } finally {
      db.close();
    }
  } catch (error) {
    throw asForeignDatabaseError(error);
  }
}

const cautious = [
  'trusted_schema = OFF',
  'cell_size_check = ON',
  'mmap_size = 0',
  'temp_store = MEMORY',
  'query_only = ON',
  // To look at the pages would otherwise be to evaluate the file's own CHECK constraints.
  'ignore_check_constraints = ON',
] as const;

interface Table {
  readonly name: string;
  /** 0 for a virtual table. */
  readonly rootpage: number | null;
}
interface Column {
  readonly name: string;
  /** 0 for a plain column; anything else is computed. */
  readonly hidden: number;
}

function checkSchema(db: Database.Database): void {
  const tables = db
    .prepare<[], Table>("SELECT name, rootpage FROM main.sqlite_schema WHERE type = 'table'")
    .all();
  if (tables.some(({ rootpage }) => rootpage === null || rootpage < 1))
    throw new ForeignDatabaseError('foreignSchema', 'it has a virtual table');
  for (const table of tableNames) {
    if (!tables.some(({ name }) => name === table))
      throw new ForeignDatabaseError('foreignSchema', `it has no table ${table}`);
    const columns = db
      .prepare<[string], Column>("SELECT name, hidden FROM pragma_table_xinfo(?, 'main')")
      .all(table);
    for (const name of columnsOf(table)) {
      const column = columns.find((one) => one.name === name);
      if (column === undefined)
        throw new ForeignDatabaseError('foreignSchema', `it has no column ${table}.${name}`);
      if (column.hidden !== 0)
        throw new ForeignDatabaseError('foreignSchema', `its column ${table}.${name} is computed`);
    }
  }
}

function checkPages(db: Database.Database): void {
  const found = db.pragma('main.quick_check(1)', { simple: true });
  if (found !== 'ok') throw new ForeignDatabaseError('damaged', String(found));
}

function readTable(db: Database.Database, table: TableName, take: (row: TableRow) => void): void {
  // A cell is cut one past the limit: enough to tell that it is too long, however long it is.
  const cells = columnsOf(table).map(
    (name) =>
      `CASE WHEN typeof(${name}) IN ('text', 'blob') THEN substr(${name}, 1, ${limits.text + 1}) ELSE ${name} END AS ${name}`,
  );
  const rows = db.prepare(`SELECT ${cells.join(', ')} FROM main.${table} NOT INDEXED`);
  let count = 0;
  for (const row of rows.iterate()) {
    if (++count > limits.rows) throw new ForeignDatabaseError('tooLarge', `${table} has too many rows`);
    const checked = z.safeParse(tableRow, { table, row });
    if (checked.success) take(checked.data);
    else throw unlikely(table, checked.error.issues[0]);
  }
}

function unlikely(table: TableName, issue: z.core.$ZodIssue | undefined): ForeignDatabaseError {
  const column = String(issue?.path.at(-1));
  return issue?.code === 'too_big' && issue.origin === 'string'
    ? new ForeignDatabaseError('tooLarge', `a text in ${table}.${column}`)
    : new ForeignDatabaseError('damaged', `a cell of ${table}.${column} is not what an agent writes`);
}
