import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where this machine has a command. */
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
  throw new Error(`These tests need ${name}; on Debian: apt-get install ${name}`);
}
