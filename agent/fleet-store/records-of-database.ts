import { ProblemError } from '../shared/errors.ts';
import type { EpochMs } from '../shared/time.ts';
import { connectReadonly } from '../store/connection.ts';
import { asStoreError, storeError } from '../store/errors.ts';
import { limits } from '../untrusted/table-rows.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { settledAfter, withEvents, withReading } from './advance-record.ts';
import { type FlatRecord, flatRecordOf } from './flat-record.ts';
import { emptyRecord } from './history-record.ts';
import type { NewRows } from './new-rows.ts';
import { readNewRows } from './read-new-rows.ts';
import { addRows, type RowTarget } from './rows-of-history.ts';
import { rowAt, rowOf } from './store-tables.ts';
import { type EventColumns, eventColumns } from './stored-event.ts';
import { usedTexts } from './text-cells.ts';
import { baseIdOf } from './which-history.ts';

interface RecordsOptions {
  readonly mac: string;
  readonly user: string;
  /** The last event that the caller has. `history` null: of any history. */
  readonly after: { readonly history: string | null; readonly event: number };
  readonly now: EpochMs;
}

/**
 * The records of one database after an event, as its store would have them, and last the state with the
 * `position` for the next call. A window or an issue that changed shortly before that event can come again.
 * Throws StoreError and ProblemError.
 */
export function recordsOfDatabase(path: string, options: RecordsOptions): FlatRecord[] {
  const { mac, user, now } = options;
  const rows = readAll(path);
  const history = baseIdOf(rows, mac);
  const events = eventsIn(path, rows, 0);
  const lastId = events.id.at(-1) ?? 0;
  const after = eventIn(history, options.after, lastId);
  const fresh = eventsIn(path, rows, after);
  const advanced = withReading(withEvents(emptyRecord, events, now), rows, now);
  const records: FlatRecord[] = [];
  const target: RowTarget = {
    add: (table, owner, columns, instants) => {
      for (const row of instants.keys()) records.push(flatRecordOf(table, rowAt(table, owner, columns, row)));
    },
    addRow: (table, owner, row) => void records.push(flatRecordOf(table, rowOf(table, owner, row))),
  };
  addRows(target, { history, mac, user }, { ...advanced, events: fresh }, { now, complete: true });
  const isNew = changedSince(fresh, events.at[events.id.indexOf(after)] ?? null);
  return records
    .filter((record) => record.record === 'event' || record.record === 'state' || isNew(record))
    .map((record) =>
      record.record === 'state'
        ? { ...record, values: { ...record.values, position: `${history}:${lastId}` } }
        : record,
    );
}

/** All rows: a history is some thousand events. */
function readAll(path: string): NewRows {
  return orStoreError(path, () => {
    const db = connectReadonly(path, {});
    try {
      return readNewRows(db, { path, after: 0, windowsAfter: null, compare: [] }, limits.rows);
    } finally {
      db.close();
    }
  });
}

function eventsIn(path: string, rows: NewRows, after: number): EventColumns {
  return orStoreError(path, () => eventColumns(rows.events, after));
}

function orStoreError<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UntrustedDatabaseError
      ? storeError('schema', path, error)
      : asStoreError(error, path);
  }
}

/** The number of the last known event; 0 in another history, of which the caller has none. */
function eventIn(
  history: string,
  { history: known, event }: RecordsOptions['after'],
  lastId: number,
): number {
  if (known !== null && known !== history) return 0;
  if (event <= lastId) return event;
  throw new ProblemError(
    `this history has events up to ${lastId}, not ${event}: it is an older copy or another history. Name the position of its last export, or --since-id 0 for all records.`,
  );
}

/**
 * Whether a window or issue changed since. An issue changes with an event, at its instant; a window is final
 * some time after its own.
 */
function changedSince(fresh: EventColumns, lastKnownAt: EpochMs | null) {
  const first = fresh.at.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const issues = usedTexts(fresh.issue);
  return ({ record, at, values }: FlatRecord): boolean => {
    if (lastKnownAt === null) return true;
    if (record === 'window') return at > Math.min(first, lastKnownAt) - settledAfter;
    return issues.has(String(values.issue)) && (values.status === 'open' || at >= first);
  };
}
