import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './build-error.ts';

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes a temporary file, then renames it: a failed build keeps the older package. Throws BuildError. */
export function writeWhole(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  const partial = `${path}.partial`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(partial, bytes);
    renameSync(partial, path);
  } catch (cause) {
    if (statSync(partial, { throwIfNoEntry: false })?.isFile()) rmSync(partial);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BuildError(`${path} could not be written: ${why}`, { cause });
  }
  return path;
}
