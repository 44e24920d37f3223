import { BuildError } from './build-error.ts';

/** A version of this product: three numbers, and `-rc.N` for a release candidate. */
const pattern = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})(?:-rc\.([1-9]\d*))?$/;

/** Above every number of a version, which has three digits at most. */
const last = 999;

/**
 * The version of the package and its receipt, in numbers only: Munki, and other tools that compare versions
 * part by part, take `1.0.0-rc.1` for newer than `1.0.0`. A release has its own version. A candidate has one
 * between the release before and its own: 1.0.0-rc.1 is 0.999.999.1. Throws BuildError.
 */
export function packageVersion(version: string): string {
  const [whole, ...parts] = pattern.exec(version) ?? [];
  if (whole === undefined)
    throw new BuildError(`The version is 1.2.3 or 1.2.3-rc.1, with numbers to 999, not "${version}".`);
  const [major = '', minor = '', patch = '', candidate] = parts;
  if (candidate === undefined) return version;
  const before = numberBefore([Number(major), Number(minor), Number(patch)]);
  if (before === null) throw new BuildError(`There is no version before ${version}.`);
  return [...before, candidate].join('.');
}

export const isCandidate = (version: string): boolean => version.includes('-');

function numberBefore([major, minor, patch]: readonly [number, number, number]): number[] | null {
  if (patch > 0) return [major, minor, patch - 1];
  if (minor > 0) return [major, minor - 1, last];
  return major > 0 ? [major - 1, last, last] : null;
}
