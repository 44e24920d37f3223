import type Database from 'better-sqlite3';
import { columnNamesOf } from '../store/tables.ts';
import { limits } from '../untrusted/table-rows.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import type { NewRows, NewRowsRequest } from './new-rows.ts';
import { columnsToSend, type SentCell } from './sent-columns.ts';

/** More events come with the next answer, so that no answer takes much memory. */
const eventsInAnswer = 5_000;
/** More than a history of many years has. */
const mostRows = 20_000;

type Row = SentCell[];

const eventColumns = columnNamesOf('event').join(', ');
const windowColumns = columnNamesOf('sync_cycle').join(', ');

const firstCause = (key: 'id' | 'grade' | 'sentence') =>
  `CASE WHEN json_valid(evidence) AND json_type(evidence, '$.causes[0].${key}') = 'text'
    THEN substr(json_extract(evidence, '$.causes[0].${key}'), 1, 300) ELSE '' END`;

const episodes = `SELECT issue, severity, summary, opened_at, resolved_at,
    ${firstCause('id')}, ${firstCause('grade')}, ${firstCause('sentence')},
    CASE WHEN json_valid(evidence) AND json_type(evidence, '$.possibleCauses[0]') = 'text'
      THEN substr(json_extract(evidence, '$.possibleCauses[0]'), 1, 100)
      WHEN json_valid(evidence) AND json_type(evidence, '$.possibleCauses') = 'array' THEN 'none'
      ELSE '' END
  FROM issue_episode WHERE resolved_at IS NULL OR resolved_at >= ? OR opened_at >= ?
  ORDER BY opened_at LIMIT ${mostRows}`;

/** The rows of a database that are not in the store yet. Reads base tables only. */
export function readNewRows(
  db: Database.Database,
  request: NewRowsRequest,
  mostEvents = eventsInAnswer,
): NewRows {
  const all = (sql: string, ...values: number[]) => rowsOf(db, sql, values);
  const about = {
    schemaVersion: Number(db.pragma('user_version', { simple: true })),
    state: all('SELECT key, value, since FROM state LIMIT 100'),
  };
  const none = {
    last: null,
    more: false,
    episodes: [],
    windows: columnsToSend('sync_cycle', []),
    windowsBefore: 0,
    firstWindow: null,
  };
  const toSend = (events: readonly unknown[][]) => columnsToSend('event', events);
  if (request.compare.length > 0) {
    const ids = request.compare.map(String).join(', ');
    const compared = rawRows(db, `SELECT ${eventColumns} FROM event WHERE id IN (${ids}) ORDER BY id`, []);
    const [[id = 0, at = 0] = []] = all('SELECT id, at FROM event ORDER BY id DESC LIMIT 1');
    return { ...about, ...none, events: toSend(compared), last: { id: Number(id), at: Number(at) } };
  }
  const events = rawRows(
    db,
    `SELECT ${eventColumns} FROM event WHERE id >= ? ORDER BY id LIMIT ${mostEvents + 1}`,
    [request.after],
  );
  if (events.length > mostEvents)
    return { ...about, ...none, events: toSend(events.slice(0, mostEvents)), more: true };
  return { ...about, ...none, events: toSend(events), ...changedSince(db, events, request) };
}

function changedSince(
  db: Database.Database,
  events: readonly unknown[][],
  { after, windowsAfter }: NewRowsRequest,
): Pick<NewRows, 'episodes' | 'windows' | 'windowsBefore' | 'firstWindow'> {
  // An episode changes with an event, at the event's instant; the second cell of an event.
  const from =
    after === 0 ? -Infinity : events.reduce((least, row) => Math.min(least, Number(row[1])), Infinity);
  const since = Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, from));
  const later = windowsAfter ?? Number.MIN_SAFE_INTEGER;
  const counted = windowsAfter === null ? undefined : countUpTo(db, windowsAfter);
  return {
    episodes: rowsOf(db, episodes, [since, since]),
    windows: columnsToSend(
      'sync_cycle',
      rawRows(
        db,
        `SELECT ${windowColumns} FROM sync_cycle WHERE stale_from > ? ORDER BY stale_from LIMIT ${mostRows}`,
        [later],
      ),
    ),
    windowsBefore: counted?.before ?? 0,
    firstWindow: counted?.first ?? null,
  };
}

/** The token cycles that began up to an instant, and when the first of all began. */
function countUpTo(db: Database.Database, instant: number): { before: number; first: number | null } {
  const sql = 'SELECT count(*) FILTER (WHERE stale_from <= ?), min(stale_from) FROM sync_cycle';
  const [[before = 0, first = null] = []] = rowsOf(db, sql, [instant]);
  return { before: Number(before), first: typeof first === 'number' ? first : null };
}

/** Refuses a blob and a very long text before they become a part of the answer. */
function rowsOf(db: Database.Database, sql: string, values: readonly number[]): Row[] {
  return rawRows(db, sql, values).map((row) => row.map(cellOf));
}

function rawRows(db: Database.Database, sql: string, values: readonly number[]): unknown[][] {
  return db
    .prepare<unknown[], unknown[]>(sql)
    .raw()
    .all(...values);
}

function cellOf(cell: unknown): string | number | null {
  if (cell === null || typeof cell === 'number') return cell;
  if (typeof cell === 'string' && cell.length <= limits.text) return cell;
  throw new UntrustedDatabaseError('damaged', 'a cell is invalid');
}
