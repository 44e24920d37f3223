import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { copyUntrustedFiles } from './copy-untrusted-files.ts';
import { asUntrustedDatabaseError, UntrustedDatabaseError } from './untrusted-database-error.ts';

/** A home folder with its owner in the file system. */
export interface Home {
  readonly user: string;
  readonly path: string;
  readonly uid: number;
}

/** On macOS, accounts below this uid belong to the system. */
const firstUid = 500;

/**
 * The home folders in `/Users`, or in a folder like it, by name. Leaves out files, and folders of system
 * accounts.
 */
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
 * Copies the history of a user's home to `target`, a file in a folder that only root can use. False: there is
 * none.
 *
 * The user can change everything in the home meanwhile: to a link to a file of root, a FIFO, or an endless
 * file. So the file is opened once, without following links, and the opened file is checked: a plain file of
 * that user without a second name. No folder above it may be a link, before and after. Throws
 * UntrustedDatabaseError.
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
