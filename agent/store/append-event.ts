import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { NewEvent } from '../shared/event.ts';
import { asStoreError, storeError } from './errors.ts';
import { checkFit } from './schema.ts';
import { prepareCommit } from './writes.ts';

/** Milliseconds to wait for the agent's transaction. The agent itself waits a tenth of a second. */
const lockTimeout = 1_000;

/**
 * Writes one event into an existing history beside a running agent, in one transaction. Unlike an agent, it
 * makes, migrates, repairs and quarantines nothing. Throws StoreError: `missing` without a history.
 */
export function appendEvent(
  path: string,
  event: NewEvent,
  { agentVersion, nativeBinding }: { readonly agentVersion: string; readonly nativeBinding?: string },
): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw storeError('missing', path);
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { fileMustExist: true, timeout: lockTimeout, nativeBinding });
    db.pragma('trusted_schema = OFF');
    checkFit(db, path);
    const macos = db.prepare<[], unknown>('SELECT macos FROM event ORDER BY id DESC LIMIT 1').pluck().get();
    prepareCommit(
      db,
      agentVersion,
    )({
      at: event.at,
      macos: typeof macos === 'string' ? macos : '',
      events: [event],
      episodes: [],
      syncCycles: [],
      state: {},
      memory: null,
    });
  } catch (error) {
    throw asStoreError(error, path);
  } finally {
    db?.close();
  }
}
