import { posix } from 'node:path';

/**
 * Where a file of the Mac is on this machine: below the sysroot, or, without one (null), where it says. `..` never
 * leads out of the sysroot. A symbolic link inside it can: a simulated Mac is its owner's own folder. A relative sysroot
 * is made absolute, because commands start in the root folder.
 */
export function below(sysroot: string | null, absolutePath: string): string {
  return sysroot === null
    ? absolutePath
    : posix.join(posix.resolve(sysroot), posix.normalize(`/${absolutePath}`));
}
