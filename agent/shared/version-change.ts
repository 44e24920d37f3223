import { isBelowVersion } from './is-below-version.ts';

/** How a program got from one version to another one, after its name. */
export function versionChange(from: string | null, to: string | null): 'updated' | 'went back' {
  return from !== null && to !== null && isBelowVersion(to, from) ? 'went back' : 'updated';
}
