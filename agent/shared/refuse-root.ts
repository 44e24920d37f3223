import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import { pathsOf } from './paths.ts';

/**
 * Throws UsageError when root would write into a user's home folder. `sudo` on macOS keeps HOME, and files of
 * root would lock the user's agent out. Call it before anything is written. A folder given with `--data-dir`
 * is the caller's choice.
 */
export function refuseRoot(global: GlobalOptions, command: string): void {
  if (process.geteuid?.() !== 0 || global.dataDir !== undefined) return;
  const { dataDir } = pathsOf(global);
  const { path, uid } = nearestExisting(dataDir);
  if (uid === 0) return;
  throw new UsageError(
    `${path} belongs to user ${uid}, and files that root writes there would be unusable for that user. ` +
      `Run the command as that user: sudo -H -u '#${uid}' psso-monitor ${command}`,
  );
}

function nearestExisting(path: string): { path: string; uid: number } {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? nearestExisting(dirname(path)) : { path, uid: found.uid };
}
