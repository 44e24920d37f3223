import type { Files } from '../mac/files.ts';

/** Reads the change stamp of a file; null: it does not exist, or is not accessible. */
export type Stamps = Pick<Files, 'stamp'>;

/** The change stamps of one poll. Several sources depend on the same file; its stamp is read once. */
export function stampsOfPoll(files: Stamps): Stamps {
  const known = new Map<string, Promise<string | null>>();
  return {
    stamp(path) {
      const stamp = known.get(path) ?? files.stamp(path);
      known.set(path, stamp);
      return stamp;
    },
  };
}

/** The change stamps of these files; null: one is not accessible. */
export async function stampOf(stamps: Stamps, paths: readonly string[]): Promise<string | null> {
  const found = await Promise.all(paths.map((path) => stamps.stamp(path)));
  return found.includes(null) ? null : found.join(' ');
}
