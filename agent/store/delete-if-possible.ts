import { rmSync } from 'node:fs';

/** Deletes a file that only takes up room. What can't be deleted, such as a folder in its place, stays. */
export function deleteIfPossible(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The work that left it behind, or came before it, counts all the same.
  }
}
