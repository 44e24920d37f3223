import { chmodSync, chownSync, closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Gives root's copy of a database to a user, so that its reader can drop the privileges of root before it
 * opens the copy. The copy's folder stays root's: the user can plant nothing in it.
 *
 * SQLite creates a missing WAL or -shm when it opens the database, which the folder then forbids; so both
 * exist.
 */
export function giveCopyTo(uid: number, copy: string): void {
  chmodSync(dirname(copy), 0o711);
  for (const file of [copy, `${copy}-wal`, `${copy}-shm`]) {
    closeSync(openSync(file, 'a', 0o600));
    chownSync(file, uid, uid);
  }
}
