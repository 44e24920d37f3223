/** `13` of `13.7.1`; null: the version is unknown. */
export function macosMajor(version: string | null): number | null {
  const major = Number.parseInt(version ?? '', 10);
  return Number.isNaN(major) ? null : major;
}
