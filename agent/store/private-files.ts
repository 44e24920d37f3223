import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, relative, resolve } from 'node:path';
import { storeError } from './errors.ts';

const folderMode = 0o700;
const fileMode = 0o600;
const othersMayUse = 0o077;
const sticky = 0o1000;

/** Names by which a folder is recognised as one of ours. */
const ourFiles = ['events.db', 'agent.lock', 'agent.json'];

/**
 * Makes the folder, with those above it, for this user alone (0700), whatever the umask is.
 *
 * One that exists is tightened only if it is plainly ours: `--data-dir` may name anything, and closing somebody's home
 * or /tmp to everyone else would do harm. The files in it are 0600 in any case.
 */
export function preparePrivateFolder(folder: string): void {
  const created = mkdirSync(folder, { recursive: true, mode: folderMode });
  if (created !== undefined) chmodSync(folder, folderMode);
  // Only ever taken away: a folder that was made read-only stays so.
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
 * Makes an empty file that only this user can use (0600), or takes that away from the others on an existing one.
 * SQLite gives its -wal and -shm the mode of the database, and takes an empty file for a new database.
 *
 * Never opens an existing file: closing any descriptor of it would drop the POSIX locks this process holds on it
 * (https://sqlite.org/howtocorrupt.html, 2.2).
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

/** The folder and the file of a database, private; `beside` are files of it that exist only at times. */
export function preparePrivateDatabase(path: string, beside: readonly string[]): void {
  preparePrivateFolder(dirname(path));
  preparePrivateFile(path);
  for (const file of beside) {
    if (statSync(file, { throwIfNoEntry: false }) !== undefined) preparePrivateFile(file);
  }
}
