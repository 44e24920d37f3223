import Database from 'better-sqlite3';
import { UntrustedDatabaseError } from './untrusted-database-error.ts';

/** Any uid without an account serves: root must not parse a file of another person with its own rights. */
export const uidOfNobody = 65534;

/**
 * Drops root to the uid of the file's owner, and to the group of the same number, before an untrusted
 * database is opened. Throws UntrustedDatabaseError.
 */
export function dropPrivileges(uid: number): void {
  // Loads SQLite while its file can be read: a checkout of root can be closed to that user.
  new Database(':memory:').close();
  process.setgroups?.([uid]);
  process.setgid?.(uid);
  process.setuid?.(uid);
  const ids = [process.getuid?.(), process.geteuid?.(), process.getgid?.(), process.getegid?.()];
  if (ids.some((id) => id !== uid))
    throw new UntrustedDatabaseError('io', 'its reader could not drop the privileges of root');
}
