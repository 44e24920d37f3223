import type Database from 'better-sqlite3';
import { columnNamesOf, historyTables } from '../store/tables.ts';
import { UntrustedDatabaseError } from './untrusted-database-error.ts';

const cautiousSettings = `
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA mmap_size = 0;
  PRAGMA temp_store = MEMORY;
  -- quick_check would otherwise evaluate the file's own CHECK constraints.
  PRAGMA ignore_check_constraints = ON;
`;

/** The settings of a connection to an untrusted database (https://sqlite.org/security.html). */
export function beCautious(db: Database.Database): void {
  db.exec(cautiousSettings);
}

/** The root page is 0 for a virtual table. */
type Table = readonly [name: string, rootPage: number | null];
/** `hidden` is 0 for a plain column. Other values: computed or hidden. */
type Column = readonly [table: string, name: string, hidden: number];

const namesOfTables = historyTables.map((table) => `'${table}'`).join(', ');

/**
 * Requires the tables of a history, without a virtual table or a computed column. Returns the names of all
 * tables. Throws UntrustedDatabaseError.
 *
 * Rows are arrays: better-sqlite3 compiles a function for each statement whose rows are objects.
 */
export function checkUntrustedSchema(db: Database.Database, schema: string): readonly string[] {
  const tables = db
    .prepare<[], Table>(`SELECT name, rootpage FROM ${schema}.sqlite_schema WHERE type = 'table'`)
    .raw()
    .all();
  if (tables.some(([, rootPage]) => rootPage === null || rootPage < 1))
    throw new UntrustedDatabaseError('foreignSchema', 'it has a virtual table');
  const names = tables.map(([name]) => name);
  const columns = db
    .prepare<[string], Column>(
      `SELECT t.name, c.name, c.hidden
       FROM ${schema}.sqlite_schema AS t, pragma_table_xinfo(t.name, ?) AS c
       WHERE t.type = 'table' AND t.name IN (${namesOfTables})`,
    )
    .raw()
    .all(schema);
  for (const table of historyTables) {
    if (!names.includes(table)) throw new UntrustedDatabaseError('foreignSchema', `it has no table ${table}`);
    for (const name of columnNamesOf(table)) {
      const column = columns.find((one) => one[0] === table && one[1] === name);
      if (column === undefined)
        throw new UntrustedDatabaseError('foreignSchema', `it has no column ${table}.${name}`);
      if (column[2] !== 0)
        throw new UntrustedDatabaseError('foreignSchema', `its column ${table}.${name} is computed`);
    }
  }
  return names;
}

/** A merged database has the tables of a history too, and would count as one more Mac. */
export function refuseMerged(tables: readonly string[]): void {
  if (tables.includes('mac'))
    throw new UntrustedDatabaseError('foreignSchema', 'it is a merged database of fleet --out');
}

/** Requires pages without damage. Throws UntrustedDatabaseError. */
export function checkUntrustedPages(db: Database.Database, schema: string): void {
  const found = db.pragma(`${schema}.quick_check(1)`, { simple: true });
  if (found !== 'ok') throw new UntrustedDatabaseError('damaged', String(found));
}
