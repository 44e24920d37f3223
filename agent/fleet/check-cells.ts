import type Database from 'better-sqlite3';
import { accepts, columnsOf, limits, type TableName, tableNames } from '../untrusted/table-rows.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { attachedSchema } from './attach-untrusted.ts';

/**
 * Whether every cell of the attached database is one that an agent writes, asked in SQL: a file is taken as a whole or not at all,
 * and is the same file to a report and to a merged database. Throws UntrustedDatabaseError.
 */
export function checkCells(db: Database.Database): void {
  for (const [table, query] of unsoundRow) {
    const { rows } = db
      .prepare<[], { rows: number }>(`SELECT count(*) AS rows FROM ${attachedSchema}.${table}`)
      .get() ?? { rows: 0 };
    if (rows > limits.rows) throw new UntrustedDatabaseError('tooLarge', `${table} has too many rows`);
    if (db.prepare(query).get() !== undefined)
      throw new UntrustedDatabaseError('damaged', `a row of ${table} is not what an agent writes`);
  }
}

/** What is true of a cell that `table-rows.ts` accepts. */
function soundCell(table: TableName, column: string): string {
  const isText = accepts(table, column, '');
  const inRange = accepts(table, column, Number.MAX_SAFE_INTEGER)
    ? `${column} BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`
    : // The years 1 to 9999.
      `${column} BETWEEN -62135596800000 AND 253402300799999`;
  const sound = isText
    ? `typeof(${column}) = 'text' AND (octet_length(${column}) <= ${limits.text} OR length(${column}) <= ${limits.text})`
    : `typeof(${column}) = 'integer' AND ${inRange}`;
  return accepts(table, column, null) ? `(${column} IS NULL OR ${sound})` : `(${sound})`;
}

/** A condition on null is null, which is neither sound nor unsound to SQL. */
const unsoundRow: readonly (readonly [TableName, query: string])[] = tableNames.map((table) => [
  table,
  `SELECT 1 FROM ${attachedSchema}.${table} NOT INDEXED
   WHERE NOT COALESCE(${columnsOf(table)
     .map((column) => soundCell(table, column))
     .join(' AND ')}, 0) LIMIT 1`,
]);
