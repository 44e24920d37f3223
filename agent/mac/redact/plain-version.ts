/** Digits and dots only: the rest of a version could be any text. */
export function plainVersion(version: string | null): string | null {
  return version === null ? null : (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? null);
}
