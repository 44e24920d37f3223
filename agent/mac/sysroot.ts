import { posix } from 'node:path';

/**
 * Returns a function from the path of a Mac's file to its path on this machine: below the sysroot, or the
 * same path without a sysroot (null). `..` never leads out of the sysroot. A symbolic link can: a simulated
 * Mac is its owner's own folder. A relative sysroot becomes absolute, because commands start in the root
 * folder.
 */
export function pathsBelow(sysroot: string | null): (absolutePath: string) => string {
  if (sysroot === null) return (absolutePath) => absolutePath;
  const root = posix.resolve(sysroot);
  return (absolutePath) => {
    // To normalise every path took 8 % of the agent's own processor time on a simulated Mac.
    const isPlain = absolutePath.startsWith('/') && !absolutePath.includes('/.');
    return (root === '/' ? '' : root) + (isPlain ? absolutePath : posix.normalize(`/${absolutePath}`));
  };
}

/** The path of one file, as `pathsBelow` says. */
export function below(sysroot: string | null, absolutePath: string): string {
  return pathsBelow(sysroot)(absolutePath);
}
