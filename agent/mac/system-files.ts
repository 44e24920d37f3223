import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Failed, failed, type Reading, read } from '../types/reading.ts';
import type { EpochMs } from '../types/time.ts';
import type { Files } from './files.ts';
import { placesBelow } from './sysroot.ts';

const defaultLimitBytes = 256 * 1024;

/** A file that was written this shortly before it was read may be written again within one tick of the file system's clock. */
const settledAfterMs = 2_000;
/** The agent reads fewer than half as many. */
const mostRemembered = 16;

/**
 * Reads files of this machine. What is read can change or grow meanwhile: the limit holds all the same.
 *
 * Synchronously: these are a few small files of the local disk, and `node:fs/promises` would bring readline, watchers and a thread
 * into the resident agent (docs/decisions/0014-node-as-it-is.md).
 */
export class SystemFiles implements Files {
  readonly #place: (absolutePath: string) => string;
  readonly #now: () => EpochMs;
  /** What was read, as long as the file is the same one, written at the same time. */
  readonly #remembered = new Map<string, { readonly stamp: string; readonly reading: Reading<Uint8Array> }>();

  /** `now` is the wall clock, by which the file system says when a file was written. */
  constructor(sysroot: string | null, now: () => EpochMs = Date.now) {
    this.#place = placesBelow(sysroot);
    this.#now = now;
  }

  async read(path: string, limitBytes: number = defaultLimitBytes): Promise<Reading<Uint8Array>> {
    // Not the path: it may hold the account's name.
    const name = basename(path);
    const place = this.#place(path);
    let file: number | null = null;
    try {
      // Many of these are not there on most Macs, and an error costs more than the question.
      const found = statSync(place, { throwIfNoEntry: false });
      if (found === undefined) return failed('missing', `${name} is not there`);
      const before = this.#remembered.get(path);
      if (before !== undefined && before.stamp === stampOf(found) && found.size <= limitBytes)
        return before.reading;
      // Without O_NONBLOCK, opening a pipe would wait for a writer that may never come.
      file = openSync(place, constants.O_RDONLY | constants.O_NONBLOCK);
      const status = fstatSync(file);
      if (!status.isFile()) return failed('malformed', `${name} is not a regular file`);
      if (status.size > limitBytes) return failed('malformed', `${name} is larger than ${limitBytes} bytes`);
      const reading = contents(file, name, status.size, limitBytes);
      this.#remember(path, status, reading);
      return reading;
    } catch (error) {
      return failureOf(error, name);
    } finally {
      if (file !== null) letGoOf(file);
    }
  }

  async stamp(path: string): Promise<string | null> {
    try {
      const found = statSync(this.#place(path), { throwIfNoEntry: false });
      if (found === undefined) return null;
      return stampOf(found);
    } catch {
      return null;
    }
  }

  #remember(path: string, status: Stats, reading: Reading<Uint8Array>): void {
    this.#remembered.delete(path);
    // A clock that was set back makes a file look as if it were of tomorrow: that is read each time.
    const settled = this.#now() - Math.max(status.mtimeMs, status.ctimeMs) > settledAfterMs;
    if (
      settled &&
      reading.ok &&
      reading.value.byteLength === status.size &&
      this.#remembered.size < mostRemembered
    )
      this.#remembered.set(path, { stamp: stampOf(status), reading });
  }
}

function stampOf({ mtimeMs, ctimeMs, size, ino }: Stats): string {
  return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
}

function contents(file: number, name: string, size: number, limit: number): Reading<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    // One byte more than is expected tells a file that has grown.
    const chunk = new Uint8Array(Math.max(size - total, 0) + 1);
    const bytesRead = readSync(file, chunk, 0, chunk.byteLength, null);
    if (bytesRead === 0) return read(Buffer.concat(chunks));
    total += bytesRead;
    if (total > limit) return failed('malformed', `${name} is larger than ${limit} bytes`);
    chunks.push(chunk.subarray(0, bytesRead));
  }
}

/** What was read stands, however the closing goes. */
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
