import { chmodSync, closeSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { connectReadonly } from '../store/connection.ts';
import { asStoreError } from '../store/errors.ts';
import type { EpochMs } from '../types/time.ts';

/**
 * A complete copy of a database that may be in use, by SQLite's backup interface: one file, no WAL beside it, mode 0600. What
 * was known before `since` or after `until` is left out: events, and issues and cycles that had ended or not begun. Throws
 * StoreError; then there is no copy.
 */
export async function copyDatabase(
  source: string,
  target: string,
  range: { readonly since?: EpochMs | undefined; readonly until?: EpochMs | undefined } = {},
): Promise<void> {
  const temporary = `${target}.${process.pid}.partial`;
  try {
    closeSync(openSync(temporary, 'wx', 0o600));
    const from = connectReadonly(source, {});
    try {
      await from.backup(temporary);
    } finally {
      from.close();
    }
    const copy = new Database(temporary);
    try {
      copy.pragma('journal_mode = DELETE');
      // What is left out must not be found in the free pages either.
      copy.pragma('secure_delete = ON');
      narrow(copy, range);
      copy.exec('VACUUM');
    } finally {
      copy.close();
    }
    chmodSync(temporary, 0o600);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw asStoreError(error, source);
  }
}

function narrow(
  db: Database.Database,
  { since, until }: { since?: EpochMs | undefined; until?: EpochMs | undefined },
): void {
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
  // What the agent remembers is for itself.
  db.exec('DELETE FROM memory');
}
