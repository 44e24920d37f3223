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
 * By hand, and not by the zod schemas beside it (row-shapes.ts; a test holds both to the same columns): `status` and the resident agent
 * read rows, and a schema for each column costs the one time and the other memory (docs/decisions/0014-node-as-it-is.md).
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
