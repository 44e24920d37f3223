import type { Reading } from '../shared/reading.ts';

/** Reads small files of the system, below the sysroot. Never rejects. */
export interface Files {
  /**
   * The bytes of the file at this absolute path. Failures: `missing` (no such file), `denied` (EPERM, EACCES),
   * `malformed` (not a regular file, or larger than `limitBytes`).
   */
  read(path: string, limitBytes?: number): Promise<Reading<Uint8Array>>;

  /**
   * Changes whenever the file or folder at this absolute path does: when it was written, its size, which one it is. Of a folder, when
   * something in it was added, replaced or removed. Null: it is not there, or may not be looked at.
   */
  stamp(path: string): Promise<string | null>;
}
