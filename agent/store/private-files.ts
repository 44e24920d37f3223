import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, relative, resolve } from 'node:path';
import { storeError } from './errors.ts';

const folderMode = 0o700;
const fileMode = 0o600;
const othersMayUse = 0o077;
const sticky = 0o1000;

/** A folder with one of these files is a data folder. */
const ourFiles = ['events.db', 'agent.lock', 'agent.json'];

/**
 * Makes the folder and its parents for this user alone (0700), regardless of the umask.
 *
 * An existing folder is restricted only if it is a data folder: `--data-dir` may name any folder, and a home
 * folder or /tmp must stay open to others. The files in it are 0600 in any case.
 */
function preparePrivateFolder(folder: string): void {
  const created = mkdirSync(folder, { recursive: true, mode: folderMode });
  if (created !== undefined) chmodSync(folder, folderMode);
  // Removes permissions and adds none: a read-only folder stays read-only.
  else if (isOpenAndOurs(folder)) chmodSync(folder, statSync(folder).mode & folderMode);
}

function isOpenAndOurs(folder: string): boolean {
  const { mode, uid } = statSync(folder);
  if ((mode & othersMayUse) === 0) return false;
  if (uid !== process.getuid?.() || (mode & sticky) !== 0) return false;
  const homeIsWithin = !relative(resolve(folder), homedir()).startsWith('..');
  if (homeIsWithin) return false;
  const names = readdirSync(folder);
  return names.length === 0 || names.some((name) => ourFiles.includes(name));
}

/**
 * Makes an empty file for this user alone (0600), or removes the permissions of others from an existing file.
 * SQLite gives its -wal and -shm the mode of the database, and takes an empty file for a new database.
 *
 * Never opens an existing file: closing any descriptor of it would drop the POSIX locks this process holds on
 * it (https://sqlite.org/howtocorrupt.html, 2.2).
 */
export function preparePrivateFile(path: string): void {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing === undefined) {
    closeSync(openSync(path, 'wx', fileMode));
    chmodSync(path, fileMode);
    return;
  }
  if (!existing.isFile()) throw storeError('cannot-open', path, new Error('it is not a file'));
  if ((existing.mode & othersMayUse) !== 0) chmodSync(path, existing.mode & fileMode);
}

/** Makes the folder and the file of a database private, and those files `beside` it that exist. */
export function preparePrivateDatabase(path: string, beside: readonly string[]): void {
  preparePrivateFolder(dirname(path));
  preparePrivateFile(path);
  for (const file of beside) {
    if (statSync(file, { throwIfNoEntry: false }) !== undefined) preparePrivateFile(file);
  }
}
