import Database from 'better-sqlite3';
import { migrations } from '../store/migrations.ts';
import { columnNamesOf, type HistoryTable, historyTables } from '../store/tables.ts';
import type { TableRow } from './table-rows.ts';

export interface FreshDatabase {
  readonly db: Database.Database;
  /** Throws SQLite's errors, for example for two rows with one key. */
  readonly add: (row: TableRow) => void;
}

/**
 * A new database in memory, with the tables and views of this version, for rows of an untrusted one. Close
 * `db`.
 */
export function freshDatabase(): FreshDatabase {
  const db = new Database(':memory:');
  for (const { version, up } of migrations) {
    up(db);
    db.pragma(`user_version = ${version}`);
  }
  const statementOf = (table: HistoryTable) => {
    const columns = columnNamesOf(table);
    return db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
    );
  };
  const statements = new Map(historyTables.map((table) => [table, statementOf(table)]));
  return { db, add: ({ table, row }) => statements.get(table)?.run(row) };
}
