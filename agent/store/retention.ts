import type Database from 'better-sqlite3';
import { day, type EpochMs } from '../shared/time.ts';

/**
 * The longest part of the history that one run deletes, the oldest first. A wrong clock can then delete a
 * week at most. A Mac that was off for long deletes a week each day until it is up to date.
 */
const historyAtOnce = 7 * day;

/**
 * A transaction of 1,000 rows takes 2 ms; one of 400,000 takes 1.3 s and leaves a WAL of 112 MB (measured).
 */
const rowsAtOnce = 1_000;
/** 800 KB. */
const pagesAtOnce = 200;
/** At most 8 MB of free pages in one run; SQLite reuses the others until the next run. */
const vacuumRounds = 10;

/** The age of an episode or a cycle counts from its last instant. Open ones have no age. */
const episodeEnd = 'MAX(opened_at, resolved_at)';
const cycleEnd = `MAX(stale_from, COALESCE(due_at, stale_from), COALESCE(prompted_at, stale_from),
    COALESCE(refreshed_at, stale_from), COALESCE(password_changed_at, stale_from))`;

const oldestOfAll = `SELECT MIN(at) FROM (
    SELECT MIN(at) AS at FROM event
    UNION ALL SELECT MIN(${episodeEnd}) FROM issue_episode WHERE resolved_at IS NOT NULL
    UNION ALL SELECT MIN(${cycleEnd}) FROM sync_cycle WHERE outcome <> 'open')`;

const deletions = {
  event: `DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at < ? ORDER BY id LIMIT ${rowsAtOnce})`,
  episode: `DELETE FROM issue_episode WHERE (issue, opened_at) IN (SELECT issue, opened_at FROM issue_episode
    WHERE resolved_at IS NOT NULL AND ${episodeEnd} < ? LIMIT ${rowsAtOnce})`,
  cycle: `DELETE FROM sync_cycle WHERE stale_from IN (SELECT stale_from FROM sync_cycle
    WHERE outcome <> 'open' AND ${cycleEnd} < ? LIMIT ${rowsAtOnce})`,
} as const;

/**
 * One run deletes everything that ended before this instant; null: nothing is old enough.
 *
 * `oldest` is the oldest instant in the history. An event of 1970 takes a separate run; an event of the
 * future is not old. A gap takes no run, since the next run counts from the instant that is the oldest then.
 */
export function retentionCutoff(history: {
  /** Null: the history is empty. */
  readonly oldest: EpochMs | null;
  readonly now: EpochMs;
  readonly retentionDays: number;
}): EpochMs | null {
  const { oldest, now, retentionDays } = history;
  // An invalid number of days deletes nothing.
  if (oldest === null || !(retentionDays > 0)) return null;
  const cutoff = Math.min(Math.round(now - retentionDays * day), oldest + historyAtOnce);
  return cutoff > oldest ? cutoff : null;
}

/**
 * Deletes what is older than `retentionDays`, a week of history at most. Open episodes and cycles stay.
 * Events are deleted first: an episode or a cycle is never deleted before the events of its time.
 */
export function deleteOld(
  db: Database.Database,
  now: EpochMs,
  retentionDays: number,
): { deletedEvents: number } {
  const cutoff = retentionCutoff({ oldest: oldestIn(db), now, retentionDays });
  if (cutoff === null) return { deletedEvents: 0 };
  const deletedEvents = deleteAll(db, deletions.event, cutoff);
  deleteAll(db, deletions.episode, cutoff);
  deleteAll(db, deletions.cycle, cutoff);
  return { deletedEvents };
}

function oldestIn(db: Database.Database): EpochMs | null {
  const oldest = db.prepare<[], unknown>(oldestOfAll).pluck().get();
  return typeof oldest === 'number' ? oldest : null;
}

function deleteAll(db: Database.Database, sql: string, before: EpochMs): number {
  const statement = db.prepare<[EpochMs]>(sql);
  let deleted = 0;
  for (;;) {
    const { changes } = statement.run(before);
    deleted += changes;
    if (changes < rowsAtOnce) return deleted;
  }
}

/** Returns free pages to the file system. */
export function freePages(db: Database.Database): void {
  for (let round = 0; round < vacuumRounds; round++) {
    if (db.pragma('freelist_count', { simple: true }) === 0) return;
    db.pragma(`incremental_vacuum(${pagesAtOnce})`);
  }
}
