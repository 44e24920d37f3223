import { statSync } from 'node:fs';

/** Device and inode of the file with this name; `none` without one. Throws when its folder can't be read. */
export function fileAt(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.dev}:${found.ino}`;
}
