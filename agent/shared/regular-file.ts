import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** Not a regular file of bounded size. The message follows the name of the file. */
export class IrregularFileError extends Error {
  override readonly name = 'IrregularFileError';
}

export interface RegularFileOptions {
  /** False: a link is refused. */
  readonly follow?: boolean;
  /** Why the opened file is not read, as the end of a sentence; null: it is. */
  readonly refusal?: (found: Stats) => string | null;
}

/**
 * The bytes of a regular file. Another kind has no end or waits for another process: a FIFO, a device, a link
 * to one. A file can grow while it is read; the limit still holds. Throws IrregularFileError, and the errors
 * of Node.
 */
export function readRegularFile(
  path: string,
  limitBytes: number,
  { follow = true, refusal }: RegularFileOptions = {},
): Uint8Array {
  // Without O_NONBLOCK, opening a FIFO would wait for a writer that may never come.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (follow ? 0 : constants.O_NOFOLLOW);
  const file = opened(path, flags);
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) throw new IrregularFileError('is a folder');
    if (!status.isFile()) throw new IrregularFileError('is not a regular file');
    const why = refusal?.(status) ?? null;
    if (why !== null) throw new IrregularFileError(why);
    if (status.size > limitBytes) throw new IrregularFileError(`is larger than ${limitBytes} bytes`);
    return contents(file, status.size);
  } finally {
    closeIfPossible(file);
  }
}

function opened(path: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ELOOP')
      throw new IrregularFileError('is a link', { cause });
    throw cause;
  }
}

/** The same as text. */
export function readRegularText(path: string, limitBytes: number): string {
  return Buffer.from(readRegularFile(path, limitBytes)).toString('utf8');
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
function closeIfPossible(file: number): void {
  try {
    closeSync(file);
  } catch {
    // A file that was only read loses nothing.
  }
}
