import { chmodSync, closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { placeFileAsync } from '../shared/atomic-file.ts';
import { connectReadonly } from '../store/connection.ts';
import { asStoreError, type StoreError, type StoreErrorCode } from '../store/errors.ts';
import type { Range } from './range.ts';

/**
 * Copies a database that may be in use, by SQLite's backup interface: one file without a WAL, mode 0600,
 * created in one step. Leaves out events outside of the range, and issues and cycles that ended before it or
 * began after it. Throws StoreError; then there is no copy.
 */
export async function copyDatabase(source: string, target: string, range: Range = {}): Promise<void> {
  const from = openedSource(source);
  try {
    await placeFileAsync(target, async (temporary) => {
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
    });
  } catch (error) {
    throw failureOf(error, source, target);
  } finally {
    from.close();
  }
}

function openedSource(source: string): Database.Database {
  try {
    return connectReadonly(source, {});
  } catch (error) {
    throw asStoreError(error, source);
  }
}

/** Errors that only the source can cause; the others are reported for the target. */
const ofTheSource: ReadonlySet<StoreErrorCode> = new Set(['corrupt', 'busy', 'schema', 'moved']);

function failureOf(error: unknown, source: string, target: string): StoreError {
  const ofTarget = asStoreError(error, target);
  return ofTheSource.has(ofTarget.code) ? asStoreError(error, source) : ofTarget;
}

/** Deletes what is outside of the range, and the agent memory; also from the free pages. */
export function trim(db: Database.Database, { since, until }: Range): void {
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
