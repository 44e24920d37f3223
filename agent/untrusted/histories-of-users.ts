import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { deleteAtExit } from '../shared/temporary-files.ts';
import { temporaryFolder } from '../shared/temporary-folder.ts';
import { copyHistoryOfUser, type Home, homesIn } from './copy-history-of-user.ts';
import { type FreshDatabase, freshDatabase } from './fresh-database.ts';
import { giveCopyTo } from './give-copy-to.ts';
import { readInChild } from './read-in-child.ts';
import { asUntrustedDatabaseError } from './untrusted-database-error.ts';

/** The history of one user. `why` follows "skipped:" in a sentence. */
export type UserHistory =
  | { readonly user: string; readonly kind: 'history'; readonly fresh: FreshDatabase }
  | { readonly user: string; readonly kind: 'none' }
  | { readonly user: string; readonly kind: 'skipped'; readonly why: string };

/** Instead of root's TMPDIR. Its sticky bit protects our folder, which a user could replace in theirs. */
export const rootScratch = '/var/tmp';

/**
 * The histories of all users with a home in the folder, one after the other, each read from a copy by a
 * separate process. Requires root. `entry`: this program's file. The database of a history is closed when the
 * caller requests the next one.
 */
export async function* historiesOfUsers(
  usersFolder: string,
  entry: string,
): AsyncGenerator<UserHistory, void> {
  const folder = temporaryFolder('export', rootScratch);
  const deleteNow = deleteAtExit([folder]);
  try {
    for (const home of homesIn(usersFolder)) {
      const copy = join(folder, 'events.db');
      for (const file of [copy, `${copy}-wal`, `${copy}-shm`]) rmSync(file, { force: true });
      yield* historyOf(home, copy, entry);
    }
  } finally {
    deleteNow();
  }
}

async function* historyOf(home: Home, copy: string, entry: string): AsyncGenerator<UserHistory, void> {
  const { user, uid } = home;
  const fresh = freshDatabase();
  try {
    if (copyHistoryOfUser(home, copy)) {
      giveCopyTo(uid, copy);
      await readInChild([entry, 'read-copy', copy, '--uid', String(uid)], fresh.add);
      yield { user, kind: 'history', fresh };
    } else yield { user, kind: 'none' };
  } catch (error) {
    yield { user, kind: 'skipped', why: asUntrustedDatabaseError(error).message };
  } finally {
    fresh.db.close();
  }
}
