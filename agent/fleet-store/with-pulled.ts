import { closeSync, constants, fstatSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  beCautious,
  checkUntrustedPages,
  checkUntrustedSchema,
  refuseMerged,
} from '../untrusted/check-untrusted-schema.ts';
import { copyUntrustedFiles } from '../untrusted/copy-untrusted-files.ts';
import { isPacked, unpackCopy, unpacked } from '../untrusted/unpack-copy.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';

/** A larger file is read from a copy on the disk. */
const largestInMemory = 32 * 1024 * 1024;

/**
 * Opens an untrusted database, checks its schema and pages, and calls `use`, which may read base tables only:
 * so no code of the file runs. A file without a WAL is read in memory, which takes a fourth of the time of a
 * copy. `scratch`: a private folder for a copy. Throws UntrustedDatabaseError, and the errors of SQLite.
 */
export function withPulled<T>(path: string, scratch: string, use: (db: Database.Database) => T): T {
  const bytes = bytesOf(path);
  const copy = join(scratch, 'events.db');
  try {
    if (bytes === null && !copyUntrustedFiles(path, copy, null))
      throw new UntrustedDatabaseError('io', 'there is no such file');
    if (bytes === null) unpackCopy(copy);
    const db = new Database(bytes ?? copy);
    try {
      beCautious(db);
      refuseMerged(checkUntrustedSchema(db, 'main'));
      checkUntrustedPages(db, 'main');
      return use(db);
    } finally {
      db.close();
    }
  } finally {
    if (bytes === null)
      for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(copy + ending, { force: true });
  }
}

/** The bytes of a database without a WAL; null: it must be copied. Throws UntrustedDatabaseError. */
function bytesOf(path: string): Buffer | null {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return null;
  // O_NONBLOCK: the open of a FIFO would otherwise wait for a writer.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const before = fstatSync(file, { bigint: true });
    if (!before.isFile()) throw new UntrustedDatabaseError('io', 'it is not a file');
    if (before.size > largestInMemory) return null;
    const found = Buffer.allocUnsafeSlow(Number(before.size));
    for (let at = 0; at < found.length; ) {
      const read = readSync(file, found, at, found.length - at, at);
      if (read === 0) return null;
      at += read;
    }
    const after = fstatSync(file, { bigint: true });
    if (before.mtimeNs !== after.mtimeNs || before.size !== after.size) return null;
    const bytes = isPacked(found) ? unpacked(found, largestInMemory) : found;
    if (bytes === null) return null;
    if (bytes.subarray(0, 16).toString('latin1') !== 'SQLite format 3\0')
      throw new UntrustedDatabaseError('notSqlite');
    // Bytes 18 and 19 of the header: 2 asks for a WAL, which a database in memory can't have.
    if (bytes[18] === 2) bytes.fill(1, 18, 20);
    return bytes;
  } finally {
    closeSync(file);
  }
}
