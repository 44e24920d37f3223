import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readerOf } from '../store/reader.ts';
import type { EventRow, IssueRow, StateRow, SyncRow } from '../store/store.ts';
import { copyUntrustedFiles } from './copy-untrusted-files.ts';
import { freshDatabase } from './fresh-database.ts';
import { readUntrustedTables } from './read-untrusted-tables.ts';
import { asUntrustedDatabaseError, UntrustedDatabaseError } from './untrusted-database-error.ts';

export { UntrustedDatabaseError, type UntrustedDatabaseReason } from './untrusted-database-error.ts';

/** What the public views say of a database that came from elsewhere; `schemaVersion` is its own. */
export interface UntrustedDatabase {
  readonly schemaVersion: number;
  readonly events: readonly EventRow[];
  readonly issues: readonly IssueRow[];
  readonly sync: readonly SyncRow[];
  readonly state: readonly StateRow[];
}

/**
 * Reads a history that somebody else may have made, such as one that was pulled from a Mac: as text of the public views, by
 * views of our own over checked rows. The file stays as it is, and nothing is left beside it; its WAL, if there is one, is
 * read with it. Throws UntrustedDatabaseError.
 */
export function readUntrustedDatabase(path: string): UntrustedDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-foreign-'));
  const fresh = freshDatabase();
  try {
    const copy = join(folder, 'events.db');
    if (!copyUntrustedFiles(path, copy, null))
      throw new UntrustedDatabaseError('io', 'there is no such file');
    const schemaVersion = readUntrustedTables(copy, { row: fresh.add });
    const reader = readerOf(fresh.db, path);
    return {
      schemaVersion,
      events: reader.events({}),
      issues: reader.issues(),
      sync: reader.sync(),
      state: reader.state(),
    };
  } catch (error) {
    throw asUntrustedDatabaseError(error);
  } finally {
    fresh.db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
