import type { IssueRow } from './store.ts';
import { views } from './tables.ts';

/** A view returned something that it does not promise. */
export class RowError extends Error {
  override readonly name = 'RowError';
}

/**
 * The rows of a view, with text in each of these columns: all that a public view promises. Throws RowError.
 *
 * One check for all views instead of a zod schema for each: a report may read a hundred thousand rows. A test
 * holds the columns to the published schemas (row-shapes.ts).
 */
export function textRows<C extends string>(
  columns: readonly C[],
  rows: readonly unknown[],
): Record<C, string>[] {
  const isTextRow = (row: unknown): row is Record<C, string> =>
    typeof row === 'object' &&
    row !== null &&
    columns.every((column) => typeof Reflect.get(row, column) === 'string');
  return rows.map((row) => {
    if (isTextRow(row)) return row;
    throw new RowError(`a row without text in each of ${columns.join(', ')}`);
  });
}

/** Throws RowError. */
export function issueRows(rows: readonly unknown[]): IssueRow[] {
  return textRows(views.issues.columns, rows).map((row) => {
    const { status } = row;
    if (status === 'open' || status === 'resolved') return { ...row, status };
    throw new RowError('an issue that is neither open nor resolved');
  });
}
