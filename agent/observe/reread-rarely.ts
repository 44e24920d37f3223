import { macosItself } from '../mac/reread-rule.ts';
import type { Clock } from '../shared/clock.ts';
import type { Reading } from '../shared/reading.ts';
import { day, type EpochMs, hour, minute } from '../shared/time.ts';
import type { Stamps } from './stamps-of-poll.ts';

/** A poll can start a few seconds early. */
const early = minute;

interface Known<R> {
  readonly stamp: string;
  readonly reading: R;
  readonly readAt: EpochMs;
  /** Read twice in a row with the same result. */
  readonly confirmed: boolean;
}

/** What a poll wants of a source that is read rarely. */
export interface RareRequest {
  /** A short poll never reads it. */
  readonly full: boolean;
  /** An issue that depends on it was found, or is open. */
  readonly asked: boolean;
  readonly stamps: Stamps;
}

/**
 * Reads a source whose value changes with an update or a new profile only: once in a run, then once a day,
 * and when the change stamp of macOS or of one of these files differs. While an issue asks, the next full
 * poll reads it a second time, which confirms the issue, and then one an hour, which sees its end. A failure
 * is read again after an hour.
 */
export function rereadRarely<R extends Reading<unknown>>(
  { clock }: { readonly clock: Pick<Clock, 'now'> },
  paths: readonly string[],
  read: () => Promise<R>,
): (request: RareRequest) => Promise<R> {
  let known: Known<R> | null = null;
  return async ({ full, asked, stamps }) => {
    if (!full && known !== null) return known.reading;
    const found = await Promise.all([macosItself, ...paths].map((path) => stamps.stamp(path)));
    const stamp = found.join(' ');
    const now = clock.now();
    const before: Known<R> | null = known !== null && known.stamp === stamp ? known : null;
    if (before !== null && isYoung(before, now, asked)) return before.reading;
    const reading = await read();
    const confirmed = before !== null && JSON.stringify(before.reading) === JSON.stringify(reading);
    known = { stamp, reading, readAt: now, confirmed };
    return reading;
  };
}

function isYoung({ reading, readAt, confirmed }: Known<Reading<unknown>>, now: EpochMs, asked: boolean) {
  const age = now - readAt;
  if (age < 0 || (asked && reading.ok && !confirmed)) return false;
  return age < (asked || !reading.ok ? hour : day) - early;
}
