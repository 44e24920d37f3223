import { day, type EpochMs, hour, minute, second } from '../../shared/time.ts';
import type { UnknownReason } from './password-changes-output.ts';

/** What the history of one Mac says about changed passwords. */
export interface PasswordHistory {
  /** The first event; null: none. */
  readonly beganAt: EpochMs | null;
  /** The last record; null: none. */
  readonly lastAt: EpochMs | null;
  /** No record for long before the newest record of the fleet. */
  readonly silent: boolean;
  /** When macOS received the tokens of each password sync. */
  readonly syncs: readonly EpochMs[];
  /** When the local password was set without a token refresh near it. */
  readonly localSets: readonly EpochMs[];
  /** Why the Mac takes no work password at all; null: it takes one. */
  readonly without: 'not-configured' | 'method-without-password' | 'method-not-understood' | null;
}

/** Whether one change reached one Mac. */
export type Arrival =
  | { readonly outcome: 'reached'; readonly reachedAt: EpochMs; readonly lagSeconds: number }
  | { readonly outcome: 'not-yet'; readonly waitingSeconds: number }
  /** The user's password was changed again before the Mac took this one. */
  | { readonly outcome: 'replaced' }
  | { readonly outcome: 'not-known'; readonly reason: UnknownReason };

/** Microsoft: macOS prompts for a changed password "within 4 hours". */
export const soonSeconds = (4 * hour) / second;
export const daySeconds = day / second;

/** The clocks of a Mac and of the identity provider differ by less. */
const clockTolerance = 2 * minute;

/**
 * Whether each change of one user reached one Mac: the first password sync after it and before the next
 * change. Pure. `changes` are in the order of time.
 */
export function arrivalsOf(changes: readonly EpochMs[], history: PasswordHistory): Arrival[] {
  const syncs = history.syncs.toSorted((one, other) => one - other);
  let used = Number.NEGATIVE_INFINITY;
  return changes.map((changedAt, index) => {
    const next = changes[index + 1] ?? Number.POSITIVE_INFINITY;
    const from = changedAt - clockTolerance;
    const sync = syncs.find((at) => at >= from && at > used && at < next);
    const reason = unknownBefore(changedAt, history);
    if (reason === null && sync !== undefined) {
      used = sync;
      const lagSeconds = Math.max(0, Math.round((sync - changedAt) / second));
      return { outcome: 'reached', reachedAt: sync, lagSeconds };
    }
    return withoutSync(changedAt, next, reason, history);
  });
}

/** What hides a password sync after this change. */
function unknownBefore(changedAt: EpochMs, { beganAt }: PasswordHistory): UnknownReason | null {
  if (beganAt === null) return 'no-record-since';
  return beganAt > changedAt ? 'history-begins-later' : null;
}

function withoutSync(
  changedAt: EpochMs,
  next: EpochMs,
  reason: UnknownReason | null,
  { lastAt, silent, localSets, without }: PasswordHistory,
): Arrival {
  const unknown = (why: UnknownReason): Arrival => ({ outcome: 'not-known', reason: why });
  if (reason !== null) return unknown(reason);
  if (without !== null) return unknown(without);
  if (localSets.some((at) => at >= changedAt - clockTolerance && at < next))
    return unknown('local-password-set');
  if (lastAt === null || lastAt < changedAt) return unknown('no-record-since');
  if (next <= lastAt) return { outcome: 'replaced' };
  if (silent) return unknown('silent');
  return { outcome: 'not-yet', waitingSeconds: Math.round((lastAt - changedAt) / second) };
}
