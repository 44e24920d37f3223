import type { Reading } from '../shared/reading.ts';

/** Reads small files of the system, below the sysroot. Never rejects. */
export interface Files {
  /**
   * The bytes of the file at this absolute path. Failures: `missing` (no such file), `denied` (EPERM,
   * EACCES), `malformed` (not a regular file, or larger than `limitBytes`).
   */
  read(path: string, limitBytes?: number): Promise<Reading<Uint8Array>>;

  /**
   * The change stamp of the file or folder at this absolute path: modification time, size and identity. A
   * folder's changes when an entry is added, replaced or removed. Null: it does not exist, or is not
   * accessible.
   */
  stamp(path: string): Promise<string | null>;
}
