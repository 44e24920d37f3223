import type { Files } from '../mac/files.ts';
import type { Clock } from '../shared/clock.ts';
import type { Reading } from '../shared/reading.ts';
import { day, type EpochMs, hour } from '../shared/time.ts';

/**
 * The longest age of a cached reading: after this time, or this number of polls, the source is read again.
 */
export interface AtLatest {
  /** Milliseconds. */
  readonly time: number;
  readonly polls: number;
}
const hourly: AtLatest = { time: hour, polls: 12 };
/** For a source whose file holds the answer itself. */
export const daily: AtLatest = { time: day, polls: 24 * 12 };

/** The version of macOS. An update can change the output of every source. */
export const macosItself = '/System/Library/CoreServices/SystemVersion.plist';

interface Known<T> {
  readonly stamp: string;
  readonly reading: Reading<T>;
  readonly readAt: EpochMs;
  /** How many polls used it instead of a new reading. */
  readonly polls: number;
  /** Read twice in a row with the same result. */
  readonly confirmed: boolean;
}

/**
 * Reads a source again when the change stamp of its file or folder differs, or that of macOS, or after
 * `atLatest`. Most sources give the same reading for weeks. A failure, and a reading that is not confirmed,
 * is always read again. Without a change stamp nothing is cached.
 */
export function rereadWhenChanged<T>(
  { files, clock }: { files: Pick<Files, 'stamp'>; clock: Pick<Clock, 'now'> },
  path: string,
  read: () => Promise<Reading<T>>,
  atLatest: AtLatest = hourly,
): () => Promise<Reading<T>> {
  let known: Known<T> | null = null;
  return async () => {
    const now = clock.now();
    const stamp = await stampOf(files, [macosItself, path]);
    const before = known !== null && known.stamp === stamp ? known : null;
    if (before?.confirmed === true) {
      const age = now - before.readAt;
      const polls = before.polls + 1;
      known = { ...before, polls };
      if (age >= 0 && age < atLatest.time && polls < atLatest.polls) return before.reading;
    }
    const reading = await read();
    known =
      !reading.ok || stamp === null
        ? null
        : { stamp, reading, readAt: now, polls: 0, confirmed: isSameReading(before, reading) };
    return reading;
  };
}

function isSameReading<T>(before: Known<T> | null, reading: Reading<T>): boolean {
  return before !== null && JSON.stringify(before.reading) === JSON.stringify(reading);
}

/** The change stamps of these files; null: one is not accessible. */
export async function stampOf(files: Pick<Files, 'stamp'>, paths: readonly string[]): Promise<string | null> {
  const stamps = await Promise.all(paths.map((path) => files.stamp(path)));
  return stamps.includes(null) ? null : stamps.join(' ');
}
