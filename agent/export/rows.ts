import { stringify } from 'csv-stringify/sync';
import type { EventFilter, StoreReader } from '../store/store.ts';

export const viewNames = ['events', 'issues', 'sync', 'state'] as const;
export type ViewName = (typeof viewNames)[number];
type Row = Readonly<Record<string, string>>;

const columns: Readonly<Record<ViewName, readonly string[]>> = {
  events: [
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
  ],
  issues: ['issue', 'status', 'severity', 'opened_at', 'resolved_at', 'open_seconds', 'summary'],
  sync: [
    'stale_from',
    'due_at',
    'prompted_at',
    'refreshed_at',
    'password_changed_at',
    'outcome',
    'lag_seconds',
    'active_lag_seconds',
  ],
  state: ['key', 'value', 'since'],
};

function rowsOf(reader: StoreReader, view: ViewName, filter: EventFilter): readonly Row[] {
  switch (view) {
    case 'events':
      return reader.events(filter).map((row) => ({ ...row }));
    case 'issues':
      return reader.issues().map((row) => ({ ...row }));
    case 'sync':
      return reader.sync().map((row) => ({ ...row }));
    case 'state':
      return reader.state().map((row) => ({ ...row }));
  }
}

/** One JSON object a line: the columns of a public view, after the view's name. */
export function ndjsonOf(reader: StoreReader, views: readonly ViewName[], filter: EventFilter): string {
  return views
    .flatMap((view) => rowsOf(reader, view, filter).map((row) => `${JSON.stringify({ view, ...row })}\n`))
    .join('');
}

/**
 * One view with a line of its column names. A cell that a spreadsheet would take for a formula begins with an apostrophe: the
 * database is the user's own file, and the one who opens the table is somebody else.
 */
export function csvOf(reader: StoreReader, view: ViewName, filter: EventFilter): string {
  const rows = rowsOf(reader, view, filter).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, harmless(cell)])),
  );
  return stringify(rows, { header: true, columns: [...columns[view]] });
}

function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
}
