import type Database from 'better-sqlite3';
import { columnsOf, type HistoryTable, historyTables } from '../store/tables.ts';
import { instants, limits } from '../untrusted/table-rows.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { attachedSchema } from './attach-untrusted.ts';

/**
 * Checks in SQL that an agent could have written every cell of the attached database: a file is used
 * completely or not at all, by a report and by a merged database alike. Throws UntrustedDatabaseError.
 */
export function checkCells(db: Database.Database): void {
  for (const [table, query] of invalidRow) {
    const { rows } = db
      .prepare<[], { rows: number }>(`SELECT count(*) AS rows FROM ${attachedSchema}.${table}`)
      .get() ?? { rows: 0 };
    if (rows > limits.rows) throw new UntrustedDatabaseError('tooLarge', `${table} has too many rows`);
    if (db.prepare(query).get() !== undefined)
      throw new UntrustedDatabaseError('damaged', `a row of ${table} is invalid`);
  }
}

/** The condition of a cell that `table-rows.ts` accepts. */
function validCell({ name, type, nullable }: ReturnType<typeof columnsOf>[number]): string {
  const valid = {
    text: `typeof(${name}) = 'text' AND (octet_length(${name}) <= ${limits.text} OR length(${name}) <= ${limits.text})`,
    integer: integerBetween(name, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    instant: integerBetween(name, instants.first, instants.last),
  }[type];
  return nullable ? `(${name} IS NULL OR ${valid})` : `(${valid})`;
}

function integerBetween(name: string, least: number, most: number): string {
  return `typeof(${name}) = 'integer' AND ${name} BETWEEN ${least} AND ${most}`;
}

/** COALESCE: a condition on null is null, which SQL takes neither for true nor for false. */
const invalidRow: readonly (readonly [HistoryTable, query: string])[] = historyTables.map((table) => [
  table,
  `SELECT 1 FROM ${attachedSchema}.${table} NOT INDEXED
   WHERE NOT COALESCE(${columnsOf(table).map(validCell).join(' AND ')}, 0) LIMIT 1`,
]);
