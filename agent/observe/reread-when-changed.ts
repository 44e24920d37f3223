import type { Files } from '../mac/files.ts';
import type { Clock } from '../shared/clock.ts';
import type { Reading } from '../shared/reading.ts';
import { day, type EpochMs, hour } from '../shared/time.ts';

/** A source is read again after this time, or as many polls as are usual in it, however unlikely a change is. */
export interface AtLatest {
  /** Milliseconds. */
  readonly time: number;
  readonly polls: number;
}
const hourly: AtLatest = { time: hour, polls: 12 };
/** For a source whose file holds the answer itself. */
export const daily: AtLatest = { time: day, polls: 24 * 12 };

/** An update of macOS may change what any source says. */
export const macosItself = '/System/Library/CoreServices/SystemVersion.plist';

interface Known<T> {
  readonly stamp: string;
  readonly reading: Reading<T>;
  readonly readAt: EpochMs;
  /** How often it was answered instead of a new reading. */
  readonly polls: number;
  /** It was read twice in a row with the same result, as news has to be before it is believed. */
  readonly confirmed: boolean;
}

/**
 * A source that is read again only when the file or folder it depends on has changed, or macOS has, or after
 * `atLatest`: most processes that a poll would start say the same for weeks. A reading that failed, or was not
 * confirmed by a second one, is always read again. A file that can't be looked at, or isn't there, is no reason to
 * skip anything.
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

/** Changes when any of the files does. Null: one of them can't be looked at. */
export async function stampOf(files: Pick<Files, 'stamp'>, paths: readonly string[]): Promise<string | null> {
  const stamps = await Promise.all(paths.map((path) => files.stamp(path)));
  return stamps.includes(null) ? null : stamps.join(' ');
}
