import type { SyncCycle } from '../shared/history-records.ts';
import { type EpochMs, minute } from '../shared/time.ts';
import { appliesWindow, type Facts, isConfigured, receivedAtOf } from './facts.ts';
import type { TokenCycle } from './token-cycle.ts';
import type { WindowMemory } from './window-memory.ts';

/** A local password that was set within this time of a refresh was set by it. */
export const syncTolerance = 10 * minute;

/** What happened to the tokens between two polls. */
export type Transition =
  | { readonly kind: 'none'; readonly cycle: TokenCycle | null }
  /** The first tokens, or other tokens that are not newer: a cycle begins, and none ends. */
  | { readonly kind: 'begun'; readonly next: TokenCycle; readonly first: boolean }
  /** Newer tokens came: one cycle ends, the next one begins. */
  | { readonly kind: 'refreshed'; readonly from: TokenCycle; readonly next: TokenCycle }
  /**
   * The local password was set within minutes of the receipt of these tokens. `closed`: the row of the
   * previous cycle; null: these tokens are the first ones, or the password was read late.
   */
  | { readonly kind: 'passwordFollowed'; readonly cycle: TokenCycle; readonly closed: SyncCycle | null }
  /** Platform SSO was removed: the cycle ends without a refresh. */
  | { readonly kind: 'removed'; readonly from: TokenCycle };

/** The part of a poll that decides which transition it is. */
interface TransitionInput {
  readonly now: EpochMs;
  readonly elapsedTime: { readonly total: number };
  /** When the local password was set, while no refresh explains it; otherwise null. */
  readonly passwordSetAt: EpochMs | null;
}

export function transitionOf(
  cycle: TokenCycle | null,
  closed: SyncCycle | null,
  facts: Facts,
  input: TransitionInput,
): Transition {
  const received = receivedAtOf(facts);
  if (cycle !== null && !isConfigured(facts)) return { kind: 'removed', from: cycle };
  if (received !== null && received !== cycle?.receivedAt) return tokensChanged(cycle, received, input);
  const passwordFollowed =
    cycle !== null &&
    appliesWindow(facts) &&
    cycle.passwordSet !== true &&
    // A memory of an older version has no `passwordSet`.
    closed?.outcome !== 'password-synced' &&
    isNearReceipt(input.passwordSetAt, cycle.receivedAt);
  return passwordFollowed ? { kind: 'passwordFollowed', cycle, closed } : { kind: 'none', cycle };
}

/** `cycle` is advanced to this poll. */
function tokensChanged(cycle: TokenCycle | null, received: EpochMs, input: TransitionInput): Transition {
  const { now, elapsedTime } = input;
  const unseenFor = cycle === null ? 0 : cycle.unread + elapsedTime.total;
  return cycle !== null && isRefresh(cycle, received, now, unseenFor)
    ? { kind: 'refreshed', from: cycle, next: beginCycle(received, now, unseenFor) }
    : { kind: 'begun', next: beginCycle(received, now, Number.POSITIVE_INFINITY), first: cycle === null };
}

/** A clock that was set back gives newer tokens an earlier time, yet they came after the previous poll. */
function isRefresh(cycle: TokenCycle, received: EpochMs, now: EpochMs, unseenFor: number): boolean {
  return received > cycle.receivedAt || now - received <= unseenFor;
}

/**
 * The age of tokens in this poll, in milliseconds of real time. `elapsed`: since the poll of this memory.
 */
export function ageOfTokens(
  { cycle }: WindowMemory,
  received: EpochMs,
  { now, elapsed }: { readonly now: EpochMs; readonly elapsed: number },
): number {
  if (cycle?.receivedAt === received) return cycle.age + elapsed;
  const unseenFor = cycle === null ? Number.POSITIVE_INFINITY : cycle.unread + elapsed;
  const newer = cycle === null || isRefresh(cycle, received, now, unseenFor);
  return beginCycle(received, now, newer ? unseenFor : Number.POSITIVE_INFINITY).age;
}

function beginCycle(receivedAt: EpochMs, now: EpochMs, unseenFor: number): TokenCycle {
  return {
    receivedAt,
    // The previous poll did not show these tokens, so they are at most this old by any wall clock.
    age: Math.min(Math.max(0, now - receivedAt), unseenFor),
    unread: 0,
    stretches: [],
    dueTold: false,
    overdueTold: false,
    unlockedAge: null,
    unlocks: 0,
    prompt: null,
  };
}

/** Whether the local password was set together with the receipt of these tokens. */
export function isNearReceipt(passwordSetAt: EpochMs | null, receivedAt: EpochMs): boolean {
  return passwordSetAt !== null && Math.abs(passwordSetAt - receivedAt) <= syncTolerance;
}
