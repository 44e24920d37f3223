import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Failed, failed, type Reading, read } from '../shared/reading.ts';
import type { Files } from './files.ts';
import { below } from './sysroot.ts';

const defaultLimitBytes = 256 * 1024;

/**
 * Reads files of this machine. A file can grow while it is read; the limit still holds.
 *
 * Synchronous: these are a few small local files, and `node:fs/promises` would load readline, watchers and a
 * thread into the resident agent (docs/decisions/0014-node-as-it-is.md).
 */
export class SystemFiles implements Files {
  readonly #sysroot: string | null;

  constructor(sysroot: string | null) {
    this.#sysroot = sysroot;
  }

  async read(path: string, limitBytes: number = defaultLimitBytes): Promise<Reading<Uint8Array>> {
    // Not the path: it may hold the account's name.
    const name = basename(path);
    const place = below(this.#sysroot, path);
    let file: number | null = null;
    try {
      // Most Macs lack some of these files, and a thrown error costs more than this check.
      if (statSync(place, { throwIfNoEntry: false }) === undefined)
        return failed('missing', `${name} is not there`);
      // Without O_NONBLOCK, opening a pipe would wait for a writer that may never come.
      file = openSync(place, constants.O_RDONLY | constants.O_NONBLOCK);
      const status = fstatSync(file);
      if (!status.isFile()) return failed('malformed', `${name} is not a regular file`);
      if (status.size > limitBytes) return failed('malformed', `${name} is larger than ${limitBytes} bytes`);
      return read(contents(file, status.size));
    } catch (error) {
      return failureOf(error, name);
    } finally {
      if (file !== null) letGoOf(file);
    }
  }

  async stamp(path: string): Promise<string | null> {
    try {
      const found = statSync(below(this.#sysroot, path), { throwIfNoEntry: false });
      return found === undefined ? null : `${found.mtimeMs} ${found.ctimeMs} ${found.size} ${found.ino}`;
    } catch {
      return null;
    }
  }
}

/** Reads at most `size` bytes, also when the file grows meanwhile. */
function contents(file: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(file, bytes, filled, size - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** Errors are ignored: the content is read already. */
function letGoOf(file: number): void {
  try {
    closeSync(file);
  } catch {
    // A file that was only read loses nothing.
  }
}

function failureOf(error: unknown, name: string): Failed {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') return failed('missing', `${name} is not there`);
  if (code === 'EACCES' || code === 'EPERM') return failed('denied', `${name} may not be read`);
  return failed('malformed', `${name} can't be read (${code})`);
}
