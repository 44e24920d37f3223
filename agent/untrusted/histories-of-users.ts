import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyHistoryOfUser, type Home, homesIn } from './copy-history-of-user.ts';
import { type FreshDatabase, freshDatabase } from './fresh-database.ts';
import { readInChild } from './read-in-child.ts';
import { asUntrustedDatabaseError } from './untrusted-database-error.ts';

/** What was found of one user. `why` goes on after "skipped:". */
export type UserHistory =
  | { readonly user: string; readonly kind: 'history'; readonly fresh: FreshDatabase }
  | { readonly user: string; readonly kind: 'none' }
  | { readonly user: string; readonly kind: 'skipped'; readonly why: string };

/** Root's own by the sticky bit, whatever TMPDIR says: in a folder that a user owns, ours could be replaced. */
const scratch = '/var/tmp';

/**
 * The histories of everybody who has a home in the folder, one after the other, each read from a copy by a process of its own.
 * To be called as root. `entry` is the program's own file. A history's database is closed when the next one is asked for.
 */
export async function* historiesOfUsers(
  usersFolder: string,
  entry: string,
): AsyncGenerator<UserHistory, void> {
  const folder = mkdtempSync(join(realpathSync(scratch), 'psso-monitor-export-'));
  const clean = () => rmSync(folder, { recursive: true, force: true });
  const interrupted = (signal: NodeJS.Signals) => {
    clean();
    process.kill(process.pid, signal);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    for (const home of homesIn(usersFolder)) {
      const copy = join(folder, 'events.db');
      for (const file of [copy, `${copy}-wal`, `${copy}-shm`]) rmSync(file, { force: true });
      yield* historyOf(home, copy, entry);
    }
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    clean();
  }
}

async function* historyOf(home: Home, copy: string, entry: string): AsyncGenerator<UserHistory, void> {
  const { user, uid } = home;
  const fresh = freshDatabase();
  try {
    if (copyHistoryOfUser(home, copy)) {
      await readInChild([entry, 'read-copy', copy, '--uid', String(uid)], fresh.add);
      yield { user, kind: 'history', fresh };
    } else yield { user, kind: 'none' };
  } catch (error) {
    yield { user, kind: 'skipped', why: asUntrustedDatabaseError(error).message };
  } finally {
    fresh.db.close();
  }
}
