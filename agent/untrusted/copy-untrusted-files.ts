import {
  type BigIntStats,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { UntrustedDatabaseError } from './untrusted-database-error.ts';

/** Far more than a history of many years has: an event takes about 1 KB. */
export const maxDatabaseBytes = 256 * 1024 * 1024;
const attempts = 10;
const pauseMs = 100;
/** Larger ones would be memory that the system gives and takes for each file. */
const chunkBytes = 64 * 1024;

/**
 * Copies a database and its WAL, but not the -shm, byte by byte to a private folder. It never waits, and
 * reads at most `maxDatabaseBytes` of each file. False: there is no such database.
 *
 * `owner`: the files must belong to that uid, be no links, and have no second name; null: any file that the
 * caller names. An agent may be writing. SQLite changes the database file at a checkpoint only, so a copy of
 * an unchanged file fits the WAL that was copied meanwhile. SQLite ignores an incomplete end of the WAL, as
 * after a power cut.
 *
 * Throws UntrustedDatabaseError.
 */
export function copyUntrustedFiles(path: string, target: string, owner: number | null): boolean {
  for (let attempt = 1; ; attempt++) {
    const database = openUntrusted(path, owner);
    if (database === null) return false;
    try {
      const before = fstatSync(database, { bigint: true });
      copyBytes(database, target);
      copyBeside(`${path}-wal`, `${target}-wal`, owner);
      const after = fstatSync(database, { bigint: true });
      if (before.mtimeNs === after.mtimeNs && before.size === after.size) return true;
    } catch (error) {
      throw asCopyError(error);
    } finally {
      closeSync(database);
    }
    if (attempt === attempts) throw new UntrustedDatabaseError('io', 'it kept changing while it was copied');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
}

/** Without such a file, a file at `target` is empty, which SQLite takes for none. */
function copyBeside(path: string, target: string, owner: number | null): void {
  // Most databases have no WAL, and to look is faster than an error of `open`.
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  const file = isThere ? openUntrusted(path, owner) : null;
  if (file === null) {
    if (existsSync(target)) truncateSync(target, 0);
    return;
  }
  try {
    copyBytes(file, target);
  } finally {
    closeSync(file);
  }
}

/** Null: no such file. Checks the opened file, since another file may have the name by then. */
function openUntrusted(path: string, owner: number | null): number | null {
  const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
  let file: number;
  try {
    // O_NONBLOCK: the open of a FIFO would otherwise wait for a writer.
    file = openSync(path, O_RDONLY | O_NONBLOCK | (owner === null ? 0 : O_NOFOLLOW));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw asCopyError(error);
  }
  try {
    const refusal = refusalOf(fstatSync(file, { bigint: true }), owner);
    if (refusal !== null) throw refusal;
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function refusalOf(stat: BigIntStats, owner: number | null): UntrustedDatabaseError | null {
  if (!stat.isFile()) return new UntrustedDatabaseError('io', 'it is not a file');
  if (owner !== null && stat.uid !== BigInt(owner))
    return new UntrustedDatabaseError('io', `it belongs to the user ${stat.uid}`);
  if (owner !== null && stat.nlink !== 1n)
    return new UntrustedDatabaseError('io', 'it has a second name elsewhere (a hard link)');
  if (stat.size > maxDatabaseBytes) return new UntrustedDatabaseError('tooLarge', `${stat.size} bytes`);
  return null;
}

/**
 * Reads up to the limit, also from a file that grows meanwhile. The last copy of this name is overwritten in
 * place: to free its blocks and take new ones costs more than the copying.
 */
function copyBytes(from: number, target: string): void {
  const to = openSync(target, constants.O_WRONLY | constants.O_CREAT, 0o600);
  try {
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, fstatSync(from).size + 1));
    for (let position = 0; ; ) {
      const count = readSync(from, chunk, 0, chunk.length, position);
      if (count === 0) {
        ftruncateSync(to, position);
        return;
      }
      position += count;
      if (position > maxDatabaseBytes)
        throw new UntrustedDatabaseError('tooLarge', 'it grows while it is read');
      for (let written = 0; written < count; ) written += writeSync(to, chunk, written, count - written);
    }
  } finally {
    closeSync(to);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const words: Readonly<Record<string, string>> = {
  ELOOP: 'it is a symbolic link',
  EMLINK: 'it is a symbolic link',
  ENXIO: 'it is not a file',
  EOPNOTSUPP: 'it is not a file',
  ENOTDIR: 'its folder is a file',
  EACCES: 'the permissions forbid it',
  EPERM: 'the permissions forbid it',
  ENOSPC: 'there is no space left to copy it to',
  EIO: 'the disk failed',
};

function asCopyError(error: unknown): UntrustedDatabaseError {
  if (error instanceof UntrustedDatabaseError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return new UntrustedDatabaseError('io', words[code] ?? (code === '' ? message : code), error);
}
