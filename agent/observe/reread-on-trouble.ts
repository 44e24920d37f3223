import type { Clock } from '../shared/clock.ts';
import { type Failed, failed, type Reading } from '../shared/reading.ts';
import { type EpochMs, hour, minute } from '../shared/time.ts';

/** A poll can start a few seconds early. */
const early = minute;
/** Two readings so far apart confirm each other. */
export const confirmationDistance = 15 * minute;

const offline = failed('off', 'not read while the Mac is offline');

interface Known<R> {
  readonly reading: R;
  readonly readAt: EpochMs;
  /** Read twice in a row with the same result, during the same trouble. */
  readonly confirmed: boolean;
}

/** What a poll wants of a source that is read during trouble only. */
export interface TroubleRequest {
  /** A short poll never reads it. */
  readonly full: boolean;
  /** An issue that depends on it was found, or is open. */
  readonly asked: boolean;
  readonly network: Reading<'online' | 'offline'>;
}

/**
 * Reads a source that leaves the Mac: at most each 15 minutes until two readings say the same, and then at
 * most once an hour. An issue that ends and begins again does not shorten these times.
 */
export function rereadOnTrouble<R extends Reading<unknown>>(
  { clock }: { readonly clock: Pick<Clock, 'now'> },
  read: () => Promise<R>,
  unread: Failed,
): (request: TroubleRequest) => Promise<R | Failed> {
  let known: Known<R> | null = null;
  return async ({ full, asked, network }) => {
    if (!asked) {
      if (known !== null) known = { ...known, confirmed: false };
      return unread;
    }
    if (!network.ok || network.value === 'offline') return offline;
    if (known !== null && (!full || isYoung(known, clock.now()))) return known.reading;
    if (!full) return unread;
    const at = clock.now();
    const reading = await read();
    const confirmed =
      known !== null && reading.ok && JSON.stringify(known.reading) === JSON.stringify(reading);
    known = { reading, readAt: at, confirmed };
    return reading;
  };
}

function isYoung({ readAt, confirmed }: Known<unknown>, now: EpochMs): boolean {
  const age = now - readAt;
  if (age < 0) return false;
  return age < (confirmed ? hour : confirmationDistance) - early;
}
