import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ProblemError, UsageError } from './errors.ts';

/**
 * Writes a file that only this user can read (0600), in one step: whoever looks sees all of it or none. Without `force`
 * a file that is there already stays, also one that somebody else makes meanwhile.
 */
export function writePrivateFile(
  path: string,
  content: string | Uint8Array,
  options: { force: boolean },
): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    writeFileSync(temporary, content, { mode: 0o600, flag: 'wx' });
    if (options.force) renameSync(temporary, path);
    else linkSync(temporary, path);
  } catch (error) {
    throw problemOf(error, path);
  } finally {
    rmSync(temporary, { force: true });
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
