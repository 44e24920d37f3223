import type Database from 'better-sqlite3';
import { columnNamesOf, historyTables } from '../store/tables.ts';
import { UntrustedDatabaseError } from './untrusted-database-error.ts';

/** Settings of a connection to an untrusted database (https://sqlite.org/security.html). */
export const cautiousPragmas = [
  'trusted_schema = OFF',
  'cell_size_check = ON',
  'mmap_size = 0',
  'temp_store = MEMORY',
  // quick_check would otherwise evaluate the file's own CHECK constraints.
  'ignore_check_constraints = ON',
] as const;

interface Table {
  readonly name: string;
  /** 0 for a virtual table. */
  readonly rootpage: number | null;
}
interface Column {
  readonly tableName: string;
  readonly name: string;
  /** 0: a plain column. Other values: computed or hidden. */
  readonly hidden: number;
}

/**
 * Requires the tables of a history, without a virtual table or a computed column. Throws
 * UntrustedDatabaseError.
 */
export function checkUntrustedSchema(db: Database.Database, schema: string): void {
  const tables = db
    .prepare<[], Table>(`SELECT name, rootpage FROM ${schema}.sqlite_schema WHERE type = 'table'`)
    .all();
  if (tables.some(({ rootpage }) => rootpage === null || rootpage < 1))
    throw new UntrustedDatabaseError('foreignSchema', 'it has a virtual table');
  const names = historyTables.map((table) => `'${table}'`).join(', ');
  const columns = db
    .prepare<[string], Column>(
      `SELECT t.name AS tableName, c.name AS name, c.hidden AS hidden
       FROM ${schema}.sqlite_schema AS t, pragma_table_xinfo(t.name, ?) AS c
       WHERE t.type = 'table' AND t.name IN (${names})`,
    )
    .all(schema);
  for (const table of historyTables) {
    if (!tables.some(({ name }) => name === table))
      throw new UntrustedDatabaseError('foreignSchema', `it has no table ${table}`);
    for (const name of columnNamesOf(table)) {
      const column = columns.find((one) => one.tableName === table && one.name === name);
      if (column === undefined)
        throw new UntrustedDatabaseError('foreignSchema', `it has no column ${table}.${name}`);
      if (column.hidden !== 0)
        throw new UntrustedDatabaseError('foreignSchema', `its column ${table}.${name} is computed`);
    }
  }
}

/** Requires pages without damage. Throws UntrustedDatabaseError. */
export function checkUntrustedPages(db: Database.Database, schema: string): void {
  const found = db.pragma(`${schema}.quick_check(1)`, { simple: true });
  if (found !== 'ok') throw new UntrustedDatabaseError('damaged', String(found));
}
