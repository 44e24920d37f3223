import { existsSync, readFileSync } from 'node:fs';

/** Reads the user's own settings when asked; null: there is no such file. Throws when it can't be read. */
export function userFileAt(path: string): () => string | null {
  return () => (existsSync(path) ? readFileSync(path, 'utf8') : null);
}
