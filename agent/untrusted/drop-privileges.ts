import { UntrustedDatabaseError } from './untrusted-database-error.ts';

/**
 * From here on this process, which was root's, can do no more than that user: no more than whoever made the file that it is
 * about to read. It is in the group of the same number, which may do nothing of its own. Throws UntrustedDatabaseError.
 */
export function dropPrivileges(uid: number): void {
  process.setgroups?.([uid]);
  process.setgid?.(uid);
  process.setuid?.(uid);
  const ids = [process.getuid?.(), process.geteuid?.(), process.getgid?.(), process.getegid?.()];
  if (ids.some((id) => id !== uid))
    throw new UntrustedDatabaseError('io', 'its reader could not give up the rights of root');
}
