import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { placeFile, placeFileAsync } from './atomic-file.ts';
import { ProblemError, UsageError } from './errors.ts';

/** A temporary name beside `path` that no other process can guess or have taken. */
export function privateTemporary(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}`);
}

/**
 * Writes a file of this user (0600) in one step. Without `force` an existing file stays, also one that
 * another process creates meanwhile. Throws UsageError when it exists, and ProblemError when it can't be
 * written.
 */
export function writePrivateFile(
  path: string,
  content: string | Uint8Array,
  options: { force: boolean },
): void {
  try {
    placeFile(path, (temporary) => writeFileSync(temporary, content, { mode: 0o600, flag: 'wx' }), {
      temporary: privateTemporary(path),
      replace: options.force,
    });
  } catch (error) {
    throw problemOf(error, path);
  }
}

/** Like `writePrivateFile`, for a text in pieces: the whole of it is never in memory. */
export async function writePrivatePieces(
  path: string,
  pieces: AsyncIterable<string>,
  options: { force: boolean },
): Promise<void> {
  try {
    await placeFileAsync(path, (temporary) => writeFile(temporary, pieces, { mode: 0o600, flag: 'wx' }), {
      temporary: privateTemporary(path),
      replace: options.force,
    });
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? problemOf(error, path) : error;
  }
}

function problemOf(error: unknown, path: string): Error {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EEXIST')
    return new UsageError(`${path} is there already; choose another name, or overwrite it with --force.`, {
      cause: error,
    });
  const why: Readonly<Record<string, string>> = {
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder is a file',
    EISDIR: 'it is a folder',
    EACCES: 'you may not write there',
    EPERM: 'you may not write there',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  };
  const reason = typeof code === 'string' ? (why[code] ?? code) : String(error);
  return new ProblemError(`can't write ${path}: ${reason}.`, { cause: error });
}
