import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const sticky = 0o1000;
const writableByOthers = 0o022;

/**
 * For root: whether only root can put another file in the place of this one, between a check and the use of
 * the file. Every folder up to the root of the disk counts, links resolved.
 */
export function isSafeFromOthers(path: string): boolean {
  for (let folder = dirname(realpathSync(path)); ; folder = dirname(folder)) {
    const { uid, mode } = statSync(folder);
    if (uid !== 0 || ((mode & writableByOthers) !== 0 && (mode & sticky) === 0)) return false;
    if (folder === dirname(folder)) return true;
  }
}
