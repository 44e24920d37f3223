import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeFile } from '../agent/shared/atomic-file.ts';
import { BuildError } from './build-error.ts';

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes a temporary file, then renames it: a failed build keeps the older package. Throws BuildError. */
export function writeWhole(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
    placeFile(path, (temporary) => writeFileSync(temporary, bytes), { temporary: `${path}.partial` });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BuildError(`${path} could not be written: ${why}`, { cause });
  }
  return path;
}
