import { chmodSync, closeSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { EpochMs } from '../shared/time.ts';
import { connectReadonly } from '../store/connection.ts';
import { asStoreError, type StoreError, type StoreErrorCode } from '../store/errors.ts';

export interface CopiedRange {
  readonly since?: EpochMs | undefined;
  readonly until?: EpochMs | undefined;
}

/**
 * A complete copy of a database that may be in use, by SQLite's backup interface: one file, no WAL beside it, mode 0600, there
 * in one step. What was known before `since` or after `until` is left out: events, and issues and cycles that had ended or
 * not begun. Throws StoreError; then there is no copy.
 */
export async function copyDatabase(source: string, target: string, range: CopiedRange = {}): Promise<void> {
  const temporary = `${target}.${process.pid}.partial`;
  const from = reading(source);
  try {
    closeSync(openSync(temporary, 'wx', 0o600));
    await from.backup(temporary);
    const copy = new Database(temporary);
    try {
      copy.pragma('trusted_schema = OFF');
      copy.pragma('journal_mode = DELETE');
      trim(copy, range);
    } finally {
      copy.close();
    }
    chmodSync(temporary, 0o600);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw failureOf(error, source, target);
  } finally {
    from.close();
  }
}

function reading(source: string): Database.Database {
  try {
    return connectReadonly(source, {});
  } catch (error) {
    throw asStoreError(error, source);
  }
}

/** What can only be said of what is read; the rest is a matter of the place where the copy was to be. */
const ofTheSource: ReadonlySet<StoreErrorCode> = new Set(['corrupt', 'busy', 'schema', 'moved']);

function failureOf(error: unknown, source: string, target: string): StoreError {
  const ofTarget = asStoreError(error, target);
  return ofTheSource.has(ofTarget.code) ? asStoreError(error, source) : ofTarget;
}

/** Leaves out what was known before or after, and what the agent remembers for itself; also from the free pages. */
export function trim(db: Database.Database, { since, until }: CopiedRange): void {
  db.pragma('secure_delete = ON');
  if (since !== undefined) {
    db.prepare('DELETE FROM event WHERE at < ?').run(since);
    db.prepare('DELETE FROM issue_episode WHERE resolved_at < ?').run(since);
    db.prepare('DELETE FROM sync_cycle WHERE refreshed_at < ?').run(since);
  }
  if (until !== undefined) {
    db.prepare('DELETE FROM event WHERE at > ?').run(until);
    db.prepare('DELETE FROM issue_episode WHERE opened_at > ?').run(until);
    db.prepare('DELETE FROM sync_cycle WHERE stale_from > ?').run(until);
  }
  db.exec('DELETE FROM memory');
  db.exec('VACUUM');
}
