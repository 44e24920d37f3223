import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { skipTest } from '../helpers/needs.ts';

/**
 * The path of a command on this machine. On a Mac without it the test is skipped and counted: Debian's
 * programs are not required there. Elsewhere a missing command is a failure.
 */
export function realTool(name: string): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next folder of PATH may have it.
    }
  }
  if (process.platform === 'darwin') skipTest(`${name} is not on this Mac`);
  throw new Error(`These tests need ${name}; on Debian: apt-get install ${name}`);
}
