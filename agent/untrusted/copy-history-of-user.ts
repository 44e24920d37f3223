import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { copyUntrustedFiles } from './copy-untrusted-files.ts';
import { asUntrustedDatabaseError, UntrustedDatabaseError } from './untrusted-database-error.ts';

/** A person's home folder, as the file system says whose it is. */
export interface Home {
  readonly user: string;
  readonly path: string;
  readonly uid: number;
}

/** Accounts of people begin here on macOS; below are those of the system. */
const firstUid = 500;

/** The home folders in `/Users`, or in a folder like it, by name. What is no folder, or a system account's, is no home. */
export function homesIn(usersFolder: string): Home[] {
  const users = realpathSync(usersFolder);
  return readdirSync(users)
    .sort()
    .flatMap((user) => {
      const path = join(users, user);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      return stat?.isDirectory() && stat.uid >= firstUid ? [{ user, path, uid: stat.uid }] : [];
    });
}

export const folderInHome = ['Library', 'Application Support', 'PSSO Monitor'] as const;

/**
 * Copies the history in somebody's home to `target`, a file in a folder that only root can use. False when there is none.
 *
 * Everything in a home is its user's to change, also while this runs: a link to a file of root's, a FIFO that never answers, a
 * file without end. So the file is opened once, without following a link, and that file is what is judged: a plain file of
 * that user with no other name. No folder above it may be a link, before and after. Throws UntrustedDatabaseError.
 */
export function copyHistoryOfUser(home: Home, target: string): boolean {
  const folder = join(home.path, ...folderInHome);
  try {
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return false;
    refuseLinks(folder);
    const found = copyUntrustedFiles(join(folder, 'events.db'), target, home.uid);
    refuseLinks(folder);
    return found;
  } catch (error) {
    throw asUntrustedDatabaseError(error);
  }
}

function refuseLinks(folder: string): void {
  if (realpathSync(folder) !== folder)
    throw new UntrustedDatabaseError('io', 'a folder above it is a symbolic link');
}
