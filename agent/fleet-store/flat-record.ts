import { hash } from 'node:crypto';
import { columnsOfStore, type StoreCell, type StoreRow, type StoreTable } from './store-tables.ts';

/** What a flat record is about, by the table that it comes from. */
const recordNames = {
  events: 'event',
  windows: 'window',
  issues: 'issue',
  macs: 'state',
} as const satisfies Record<StoreTable, string>;

/**
 * A row of the store for log platforms, as `flatLineOutput` describes it: the store's columns, instants in
 * ISO 8601, without keys that have no value.
 */
export interface FlatRecord {
  readonly record: (typeof recordNames)[StoreTable] | 'part';
  /** Milliseconds since 1970, UTC: the value of `time`. */
  readonly at: number;
  /** Equal in every copy of this record. */
  readonly uid: string;
  readonly history: string;
  readonly mac: string;
  readonly user: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/** Which instant a record has in a log, and what tells it from the others of its history. */
interface Naming {
  readonly at: number;
  readonly own: string;
}

/** The columns that are keys of every line, or are renamed. */
const apart: ReadonlySet<string> = new Set(['history', 'mac', 'user', 'id', 'at', 'day']);

export function flatRecordOf(table: StoreTable, row: StoreRow): FlatRecord {
  const cells: Record<string, StoreCell> = {};
  const values: Record<string, string | number | boolean> = {};
  if (table === 'events') values.event_id = numberIn(row[3]);
  if (table === 'issues') values.status = 'open';
  columnsOfStore(table).forEach(({ name, type }, index) => {
    const cell = row[index] ?? null;
    cells[name] = cell;
    if (cell === null || cell === '' || apart.has(name)) return;
    values[name] = type === 'instant' ? isoOf(numberIn(cell)) : cell;
  });
  if (values.resolved_at !== undefined) values.status = 'resolved';
  if (values.detail === '{}') delete values.detail;
  const [history, mac, user] = [String(cells.history), String(cells.mac), String(cells.user)];
  const record = recordNames[table];
  const { at, own } = namings[table](cells);
  return { record, at, uid: `${history}/${record}/${own}`, history, mac, user, values };
}

const namings: Readonly<Record<StoreTable, (cells: Readonly<Record<string, StoreCell>>) => Naming>> = {
  events: ({ id, at }) => ({ at: numberIn(at), own: String(id) }),
  windows: ({ stale_from, refreshed_at }) => ({
    at: numberIn(refreshed_at ?? stale_from),
    own: isoOf(numberIn(stale_from)),
  }),
  // A later revision of the same episode has another cause, severity or end.
  issues: ({ issue, opened_at, resolved_at, severity, cause, cause_grade, seen_at }) => ({
    at: numberIn(resolved_at ?? opened_at),
    own: [
      String(issue),
      isoOf(numberIn(opened_at)),
      isoOf(numberIn(seen_at)),
      hash('sha256', JSON.stringify([resolved_at, severity, cause, cause_grade])).slice(0, 8),
    ].join('/'),
  }),
  macs: ({ last_record_at, seen_at }) => ({
    at: numberIn(last_record_at ?? seen_at),
    own: `${isoOf(numberIn(last_record_at ?? seen_at))}/${isoOf(numberIn(seen_at))}`,
  }),
};

const numberIn = (cell: StoreCell | undefined) => Number(cell ?? 0);
const isoOf = (at: number) => new Date(at).toISOString();
