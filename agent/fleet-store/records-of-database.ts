import { ProblemError } from '../shared/errors.ts';
import { type EpochMs, minute } from '../shared/time.ts';
import { connectReadonly } from '../store/connection.ts';
import { asStoreError, storeError } from '../store/errors.ts';
import { limits } from '../untrusted/table-rows.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { withEvents, withReading } from './advance-record.ts';
import { type FlatRecord, flatRecordOf } from './flat-record.ts';
import { emptyRecord } from './history-record.ts';
import type { NewRows } from './new-rows.ts';
import { readNewRows } from './read-new-rows.ts';
import { addRows } from './rows-of-history.ts';
import { SharedTexts } from './shared-texts.ts';
import { type EventCells, eventCells } from './stored-event.ts';
import { baseIdOf } from './which-history.ts';

interface RecordsOptions {
  readonly mac: string;
  readonly user: string;
  /** The last event that the caller has. `history` null: of any history. */
  readonly after: { readonly history: string | null; readonly event: number };
  readonly now: EpochMs;
}

/** A token cycle is final this long after its end. */
const settledAfter = 15 * minute;

/**
 * The records of one database after an event, as its store would have them, and last the state with the
 * `position` for the next call. A window or an issue that changed shortly before that event can come again.
 * Throws StoreError and ProblemError.
 */
export function recordsOfDatabase(path: string, options: RecordsOptions): FlatRecord[] {
  const { mac, user, now } = options;
  const { rows, events } = rowsOf(path);
  const history = baseIdOf(rows, mac);
  const after = eventIn(history, options.after, rows.lastId);
  const fresh = events.filter(({ id }) => id > after);
  const advanced = withReading(withEvents(emptyRecord, events, now), rows, now);
  const records: FlatRecord[] = [];
  const files = { add: (...[table, , row]: AddedRow) => void records.push(flatRecordOf(table, row)) };
  addRows(files, { history, mac, user }, { ...advanced, events: fresh }, { now, complete: true });
  const isNew = changedSince(fresh, events.find(({ id }) => id === after)?.at ?? null);
  return records
    .filter((record) => record.record === 'event' || record.record === 'state' || isNew(record))
    .map((record) =>
      record.record === 'state'
        ? { ...record, values: { ...record.values, position: `${history}:${rows.lastId}` } }
        : record,
    );
}

type AddedRow = Parameters<Parameters<typeof addRows>[0]['add']>;

/** All rows: a history is some thousand events. */
function rowsOf(path: string): { rows: NewRows; events: EventCells[] } {
  try {
    const db = connectReadonly(path, {});
    try {
      const request = { path, after: 0, windowsAfter: null, compare: [] };
      const rows = readNewRows(db, request, limits.rows);
      const shared = new SharedTexts();
      return { rows, events: rows.events.map((row) => eventCells(row, shared)) };
    } finally {
      db.close();
    }
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
function changedSince(fresh: readonly EventCells[], lastKnownAt: EpochMs | null) {
  const first = fresh.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const issues = new Set(fresh.map(({ issue }) => issue));
  return ({ record, at, values }: FlatRecord): boolean => {
    if (lastKnownAt === null) return true;
    if (record === 'window') return at > Math.min(first, lastKnownAt) - settledAfter;
    return issues.has(String(values.issue)) && (values.status === 'open' || at >= first);
  };
}
