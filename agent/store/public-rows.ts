import type { EventRow, IssueRow, StateRow, SyncRow } from './store.ts';

/** The columns of the public views, a contract, in their order. */
export const eventColumns = [
  'id',
  'at',
  'kind',
  'issue',
  'severity',
  'summary',
  'detail',
  'from_state',
  'to_state',
  'macos',
  'agent_version',
] as const satisfies readonly (keyof EventRow)[];
export const issueColumns = [
  'issue',
  'status',
  'severity',
  'opened_at',
  'resolved_at',
  'open_seconds',
  'summary',
] as const satisfies readonly (keyof IssueRow)[];
export const syncColumns = [
  'stale_from',
  'due_at',
  'prompted_at',
  'refreshed_at',
  'password_changed_at',
  'outcome',
  'lag_seconds',
  'active_lag_seconds',
] as const satisfies readonly (keyof SyncRow)[];
export const stateColumns = ['key', 'value', 'since'] as const satisfies readonly (keyof StateRow)[];

/** A view answered something that it does not promise. */
export class RowError extends Error {
  override readonly name = 'RowError';
}

/**
 * What a view answered, when each of these columns is text, which is all that a public view promises. Throws RowError otherwise.
 *
 * One check for all views, and not a zod schema for each: a report may read a hundred thousand rows. A test
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
  return textRows(issueColumns, rows).map((row) => {
    const { status } = row;
    if (status === 'open' || status === 'resolved') return { ...row, status };
    throw new RowError('an issue is open or resolved');
  });
}
