import type { PackageArchitecture } from './architecture.ts';

/** The name of a released package. Recipes, labels and scripts of admins rely on it: it never changes. */
export function packageName(version: string, architecture: PackageArchitecture): string {
  return `psso-monitor-${version}${architecture === 'universal' ? '' : `-${architecture}`}.pkg`;
}
