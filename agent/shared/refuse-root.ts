import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import { pathsOf } from './paths.ts';

/**
 * Root may not write into a person's home folder: `sudo` on macOS keeps HOME, and what root left there would lock the person's own
 * agent out. To be called before anything is written. Throws UsageError. A folder that was named (`--data-dir`) is the caller's choice.
 */
export function refuseRoot(global: GlobalOptions, command: string): void {
  if (process.geteuid?.() !== 0 || global.dataDir !== undefined) return;
  const { dataDir } = pathsOf(global);
  const { path, uid } = nearestThatExists(dataDir);
  if (uid === 0) return;
  throw new UsageError(
    `this is root, and ${path} belongs to user ${uid}, who could not use what root writes there. Run it as that user: sudo -H -u '#${uid}' psso-monitor ${command}.`,
  );
}

function nearestThatExists(path: string): { path: string; uid: number } {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? nearestThatExists(dirname(path)) : { path, uid: found.uid };
}
