import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Failed, failed, type Reading, read } from '../shared/reading.ts';
import { IrregularFileError, readRegularFile } from '../shared/regular-file.ts';
import type { Files } from './files.ts';
import { pathsBelow } from './sysroot.ts';

const defaultLimitBytes = 256 * 1024;

/**
 * Reads files of this machine. A file can grow while it is read; the limit still holds.
 *
 * Synchronous: these are a few small local files, and `node:fs/promises` would load readline, watchers and a
 * thread into the resident agent (docs/decisions/0014-node-as-it-is.md).
 */
export class SystemFiles implements Files {
  readonly #pathOf: (absolutePath: string) => string;

  constructor(sysroot: string | null) {
    this.#pathOf = pathsBelow(sysroot);
  }

  async read(path: string, limitBytes: number = defaultLimitBytes): Promise<Reading<Uint8Array>> {
    // Not the path: it may hold the account's name.
    const name = basename(path);
    const place = this.#pathOf(path);
    try {
      // Most Macs lack some of these files, and a thrown error costs more than this check.
      if (statSync(place, { throwIfNoEntry: false }) === undefined)
        return failed('missing', `${name} is not there`);
      return read(readRegularFile(place, limitBytes));
    } catch (error) {
      return failureOf(error, name);
    }
  }

  async stamp(path: string): Promise<string | null> {
    try {
      const found = statSync(this.#pathOf(path), { throwIfNoEntry: false });
      return found === undefined ? null : `${found.mtimeMs} ${found.ctimeMs} ${found.size} ${found.ino}`;
    } catch {
      return null;
    }
  }
}

function failureOf(error: unknown, name: string): Failed {
  if (error instanceof IrregularFileError) return failed('malformed', `${name} ${error.message}`);
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') return failed('missing', `${name} is not there`);
  if (code === 'EACCES' || code === 'EPERM') return failed('denied', `${name} may not be read`);
  return failed('malformed', `${name} can't be read (${code})`);
}
