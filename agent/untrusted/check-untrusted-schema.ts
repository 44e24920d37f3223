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
  for (const table of historyTables) {
    if (!tables.some(({ name }) => name === table))
      throw new UntrustedDatabaseError('foreignSchema', `it has no table ${table}`);
    const columns = db
      .prepare<[string, string], Column>('SELECT name, hidden FROM pragma_table_xinfo(?, ?)')
      .all(table, schema);
    for (const name of columnNamesOf(table)) {
      const column = columns.find((one) => one.name === name);
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
