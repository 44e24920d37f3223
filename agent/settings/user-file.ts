import { existsSync, readFileSync } from 'node:fs';

/**
 * Returns a reader of the user's settings file; null: there is no file. The reader throws when it can't be
 * read.
 */
export function userFileAt(path: string): () => string | null {
  return () => (existsSync(path) ? readFileSync(path, 'utf8') : null);
}
