import { closeSync, constants, fstatSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beCautious, checkUntrustedPages, refuseMerged } from '../untrusted/check-untrusted-schema.ts';
import { copyUntrustedFiles } from '../untrusted/copy-untrusted-files.ts';
import { KnownSchemas } from '../untrusted/known-schemas.ts';
import { isPacked, unpackCopy, unpacked } from '../untrusted/unpack-copy.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';

/** A larger file is read from a copy on the disk. */
const largestInMemory = 32 * 1024 * 1024;

/** Opens the databases of a fleet, one after the other, in one process without rights. */
export class PulledDatabases {
  readonly #copy: string;
  readonly #schemas = new KnownSchemas();
  /** The file is read into it: memory of its own for each file is slow to get, and to give back. */
  #space = Buffer.alloc(0);

  /** `scratch`: a private folder for copies. */
  constructor(scratch: string) {
    this.#copy = join(scratch, 'events.db');
  }

  /**
   * Opens an untrusted database, checks its schema and pages, and calls `use`, which may read base tables
   * only: so no code of the file runs. A file without a WAL is read in memory, which takes a fourth of the
   * time of a copy. Throws UntrustedDatabaseError, and the errors of SQLite.
   */
  with<T>(path: string, use: (db: Database.Database) => T): T {
    const bytes = this.#bytesOf(path);
    if (bytes !== null) return this.#withOpen(new Database(bytes), use);
    try {
      if (!copyUntrustedFiles(path, this.#copy, null))
        throw new UntrustedDatabaseError('io', 'there is no such file');
      unpackCopy(this.#copy);
      return this.#withOpen(new Database(this.#copy), use);
    } finally {
      for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(this.#copy + ending, { force: true });
    }
  }

  #withOpen<T>(db: Database.Database, use: (db: Database.Database) => T): T {
    try {
      beCautious(db);
      refuseMerged(this.#schemas.check(db, 'main'));
      checkUntrustedPages(db, 'main');
      return use(db);
    } finally {
      db.close();
    }
  }

  /** The bytes of a database without a WAL; null: it must be copied. Throws UntrustedDatabaseError. */
  #bytesOf(path: string): Buffer | null {
    if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return null;
    // O_NONBLOCK: the open of a FIFO would otherwise wait for a writer.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const before = fstatSync(file, { bigint: true });
      if (!before.isFile()) throw new UntrustedDatabaseError('io', 'it is not a file');
      if (before.size > largestInMemory) return null;
      const found = this.#spaceOf(Number(before.size));
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

  #spaceOf(size: number): Buffer {
    if (size > this.#space.length) this.#space = Buffer.allocUnsafeSlow(size);
    return this.#space.subarray(0, size);
  }
}
