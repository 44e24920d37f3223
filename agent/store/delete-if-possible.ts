import { rmSync } from 'node:fs';

/**
 * Deletes a file that is not needed any more. A file that can't be deleted stays, as does a folder in its
 * place.
 */
export function deleteIfPossible(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The work that left the file is not affected.
  }
}
