import { posix } from 'node:path';

/**
 * Where a file of the Mac is on this machine: below the sysroot, or, without one (null), where it says. `..` never
 * leads out of the sysroot. A symbolic link inside it can: a simulated Mac is its owner's own folder. A relative sysroot
 * is made absolute, because commands start in the root folder.
 */
export function below(sysroot: string | null, absolutePath: string): string {
  return placesBelow(sysroot)(absolutePath);
}

/** The same for one sysroot, for who asks for the same few files again and again. */
export function placesBelow(sysroot: string | null): (absolutePath: string) => string {
  if (sysroot === null) return (absolutePath) => absolutePath;
  const root = posix.resolve(sysroot);
  const known = new Map<string, string>();
  return (absolutePath) => {
    const place = known.get(absolutePath) ?? posix.join(root, posix.normalize(`/${absolutePath}`));
    known.set(absolutePath, place);
    return place;
  };
}
