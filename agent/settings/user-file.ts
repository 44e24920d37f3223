import { existsSync } from 'node:fs';
import { readRegularText } from '../shared/regular-file.ts';

/** The settings reader takes less; more is no file of settings. */
const largest = 1024 * 1024;

/**
 * Returns a reader of the user's settings file; null: there is no file. The reader throws when it can't be
 * read.
 */
export function userFileAt(path: string): () => string | null {
  return () => (existsSync(path) ? readRegularText(path, largest) : null);
}
