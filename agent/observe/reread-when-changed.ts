import { type AtLatest, hourly, macosItself } from '../mac/reread-rule.ts';
import type { Clock } from '../shared/clock.ts';
import type { Reading } from '../shared/reading.ts';
import type { EpochMs } from '../shared/time.ts';
import { type Stamps, stampOf } from './stamps-of-poll.ts';

interface Known<R> {
  readonly stamp: string;
  readonly reading: R;
  readonly readAt: EpochMs;
  /** How many polls used it instead of a new reading. */
  readonly polls: number;
  /** Read twice in a row with the same result. */
  readonly confirmed: boolean;
}

/**
 * Reads a source again when the change stamp of its file or folder differs, or that of macOS, or after
 * `atLatest`. Most sources give the same reading for weeks. A failure, and a reading that is not confirmed,
 * is always read again. Without a change stamp nothing is cached; the file `optional` may be missing.
 */
export function rereadWhenChanged<R extends Reading<unknown>>(
  { clock }: { readonly clock: Pick<Clock, 'now'> },
  path: string,
  read: () => Promise<R>,
  atLatest: AtLatest = hourly,
  { optional }: { readonly optional: string | null } = { optional: null },
): (stamps: Stamps) => Promise<R> {
  let known: Known<R> | null = null;
  return async (stamps) => {
    const now = clock.now();
    const needed = await stampOf(stamps, [macosItself, path]);
    const other = optional === null ? null : await stamps.stamp(optional);
    const stamp = needed === null || other === null ? needed : `${needed} ${other}`;
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

function isSameReading<R>(before: Known<R> | null, reading: R): boolean {
  return before !== null && JSON.stringify(before.reading) === JSON.stringify(reading);
}
