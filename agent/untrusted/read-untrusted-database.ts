// untrusted/: opens a database that another person may have written: checks its schema, pages and cells, and
// runs none of its code. `readUntrustedDatabase` reads a whole one.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readerOf } from '../store/reader.ts';
import type { EventRow, IssueRow, StateRow, SyncRow } from '../store/store.ts';
import { copyUntrustedFiles } from './copy-untrusted-files.ts';
import { freshDatabase } from './fresh-database.ts';
import { readUntrustedTables } from './read-untrusted-tables.ts';
import { asUntrustedDatabaseError, UntrustedDatabaseError } from './untrusted-database-error.ts';

export { UntrustedDatabaseError } from './untrusted-database-error.ts';

/** The rows of the public views of an untrusted database, and the database's schema version. */
export interface UntrustedDatabase {
  readonly schemaVersion: number;
  readonly events: readonly EventRow[];
  readonly issues: readonly IssueRow[];
  readonly sync: readonly SyncRow[];
  readonly state: readonly StateRow[];
}

/**
 * Reads an untrusted database, such as one that was pulled from a Mac, with its WAL: this version's views
 * over checked rows. Changes and creates no file beside it. Throws UntrustedDatabaseError.
 */
export function readUntrustedDatabase(path: string): UntrustedDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-untrusted-'));
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
