import { posix } from 'node:path';

/**
 * The path of a Mac's file on this machine: below the sysroot, or the same path without a sysroot (null).
 * `..` never leads out of the sysroot. A symbolic link can: a simulated Mac is its owner's own folder. A
 * relative sysroot becomes absolute, because commands start in the root folder.
 */
export function below(sysroot: string | null, absolutePath: string): string {
  return sysroot === null
    ? absolutePath
    : posix.join(posix.resolve(sysroot), posix.normalize(`/${absolutePath}`));
}
