import { closeSync, fsyncSync, openSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { deleteIfPossible } from './delete-if-possible.ts';

/** Enough for hundreds of events in SQLite's WAL. */
const reservedBytes = 256 * 1024;

/**
 * A file that only takes up space, beside the database. A run that ends on a full disk deletes it, and so can
 * write its last events.
 */
export class SpaceReserve {
  readonly #path: string;

  constructor(database: string) {
    this.#path = `${database}.reserve`;
  }

  /** Makes the file when it is missing and there is room for it. Never throws. */
  keep(): void {
    try {
      if (statSync(this.#path, { throwIfNoEntry: false }) !== undefined) return;
      const { bavail, bsize } = statfsSync(dirname(this.#path));
      if (bavail * bsize >= 2 * reservedBytes) this.#make();
    } catch {
      // Without it, the last events of a run on a full disk are lost and counted.
    }
  }

  free(): void {
    deleteIfPossible(this.#path);
  }

  #make(): void {
    const file = openSync(this.#path, 'wx', 0o600);
    try {
      // Not zeros, which a file system may leave out.
      writeSync(file, Buffer.alloc(reservedBytes, 0xa5));
      fsyncSync(file);
    } catch (error) {
      this.free();
      throw error;
    } finally {
      closeSync(file);
    }
  }
}
