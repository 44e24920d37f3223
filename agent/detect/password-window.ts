import * as z from 'zod/mini';
import type { NewEvent } from '../shared/event.ts';
import type { SyncCycle } from '../shared/history-records.ts';
import { type EpochMs, minute, toIso } from '../shared/time.ts';
import { activeTimeSince, addInterval } from './active-intervals.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import type { Facts } from './facts.ts';
import { closedCycleShape, cycleShape, dueAge, syncCycleRow, type TokenCycle } from './sync-cycle.ts';

/**
 * The password window, and the life of one set of tokens.
 *
 * Apple: tokens "more than four hours old" are refreshed; the timer's tolerance is five minutes. A refresh that does not
 * come while the Mac is in use may mean that the password in the IdP is another one. What is documented, what measured
 * and what inferred is in docs/password-window.md.
 *
 * Invariants:
 * - Age is real time since the tokens were received: it does not move when the wall clock does.
 * - Only active time (awake, unlocked, online, at the console) brings an alarm nearer.
 * - Each event is told at most once a cycle; a cycle begins with the tokens it is about.
 * - For any method but the password the tokens' life is followed, and the window never runs.
 */

/** So much active use past the mark without a refresh is worth a word. */
export const hintAfterActive = 15 * minute;
/** macOS gets this long after an online unlock to refresh. */
export const unlockGrace = 5 * minute;
/** A local password that was set this near to a refresh was set by it. */
export const syncTolerance = 10 * minute;

/**
 * - `unknown`        nothing is known yet
 * - `notApplicable`  Secure Enclave or smart card: the Mac's password is independent
 * - `suspended`      not registered: the registration comes first
 * - `fresh`          tokens younger than the mark
 * - `due`            past the mark
 * - `hint`           in use for 15 minutes past the mark, and no unlock since: macOS may have no timer left
 * - `overdue`        stale across an online unlock
 * - `pending`        macOS has noticed by itself and waits for the user (state 1)
 */
export const phases = [
  'unknown',
  'notApplicable',
  'suspended',
  'fresh',
  'due',
  'hint',
  'overdue',
  'pending',
] as const;
export type Phase = (typeof phases)[number];

export const windowShape = () =>
  z.object({
    phase: z.enum(phases),
    cycle: z.nullable(cycleShape()),
    /** The cycle before, while a password that is set a little later could still explain it. */
    closed: z.optional(z.nullable(closedCycleShape())),
  });
export type WindowMemory = z.infer<ReturnType<typeof windowShape>>;

export interface WindowInput {
  readonly now: EpochMs;
  readonly elapsedTime: ElapsedTime;
  /** What `app-sso` says at this look; null when it couldn't be read. */
  readonly facts: Facts | null;
  readonly wasActive: boolean;
  readonly active: boolean;
  /** An unlock, login or switch back to this user was noticed at this look, and the Mac is online. */
  readonly unlockedOnline: boolean;
  /** The local password was set at this instant, and that is news since the last refresh; else null. */
  readonly passwordSetAt: EpochMs | null;
  /** When the password was changed in the IdP: only an admin can know (setting IdpPasswordChangedAt). */
  readonly idpPasswordChangedAt: EpochMs | null;
}

export interface WindowOutput {
  readonly memory: WindowMemory;
  readonly events: NewEvent[];
  readonly rows: SyncCycle[];
  /** A refresh was seen that explains `passwordSetAt`. */
  readonly explainedPassword: boolean;
}

function news(
  at: EpochMs,
  kind: NewEvent['kind'],
  summary: string,
  data: NewEvent['data'],
  severity: NewEvent['severity'] = 'info',
): NewEvent {
  return { at, kind, issue: null, severity, summary, from: null, to: null, data };
}

function beginCycle(receivedAt: EpochMs, now: EpochMs, unseenFor: number): TokenCycle {
  return {
    receivedAt,
    // They can't have been received before the last look that did not show them, whatever the wall clock says.
    age: Math.min(Math.max(0, now - receivedAt), unseenFor),
    unread: 0,
    stretches: [],
    dueTold: false,
    overdueTold: false,
    unlockedAge: null,
    promptedAge: null,
    promptedAt: null,
  };
}

/** Time goes on for the tokens that are there. */
function age(of: TokenCycle, input: WindowInput): TokenCycle {
  const now = of.age + input.elapsedTime.total;
  const used = input.wasActive && input.active ? input.elapsedTime.awake : 0;
  return {
    ...of,
    age: now,
    unread: input.facts === null ? of.unread + input.elapsedTime.total : of.unread,
    stretches: used > 0 ? [...addInterval(of.stretches, now - used, now)] : of.stretches,
    unlockedAge: of.unlockedAge ?? (input.unlockedOnline && now > dueAge ? now : null),
  };
}

/** It has a row that is open. */
function isOnRecord({ dueTold, promptTold }: TokenCycle): boolean {
  return dueTold || promptTold === true;
}

function near(a: EpochMs, b: EpochMs): boolean {
  return Math.abs(a - b) <= syncTolerance;
}

function phaseWithoutTokens(facts: Facts): Phase {
  return facts.configured && (facts.registration === 'none' || facts.registration === 'device')
    ? 'suspended'
    : 'unknown';
}

function phaseOf(of: TokenCycle, facts: Facts): Phase {
  if (facts.registration !== 'complete') return phaseWithoutTokens(facts);
  // No tokens are shown: they may come back, and their absence is no refresh.
  if (facts.receivedAt === null) return 'unknown';
  if (facts.userState === 1) return 'pending';
  if (of.age <= dueAge) return 'fresh';
  if (activeTimeSince(of.stretches, dueAge) < hintAfterActive) return 'due';
  if (of.unlockedAge === null) return 'hint';
  return activeTimeSince(of.stretches, of.unlockedAge) >= unlockGrace ? 'overdue' : 'due';
}

/** One look. Pure: the same memory and input always give the same output. */
export function advanceWindow(memory: WindowMemory, input: WindowInput): WindowOutput {
  const { facts, now } = input;
  const events: NewEvent[] = [];
  const rows: SyncCycle[] = [];
  let explainedPassword = false;
  let closed = memory.closed ?? null;
  let current = memory.cycle === null ? null : age(memory.cycle, input);

  if (facts === null) return { memory: { ...memory, cycle: current }, events, rows, explainedPassword };

  const passwordMethod = facts.method === 'password';
  const received = facts.receivedAt;

  if (current !== null && !facts.configured) {
    // Without Platform SSO there is no cycle. What was owed in it stays on record as never answered.
    if (isOnRecord(current))
      rows.push(syncCycleRow(current, input, { outcome: 'abandoned', refreshedAt: null, age: current.age }));
    current = null;
  } else if (received !== null && (current === null || received !== current.receivedAt)) {
    const unseenFor = current === null ? Number.POSITIVE_INFINITY : current.unread + input.elapsedTime.total;
    // Set back, the clock gives newer tokens an earlier time; they came after the last look all the same.
    const came = current !== null && (received > current.receivedAt || now - received <= unseenFor);
    const next = beginCycle(received, now, current === null || came ? unseenFor : Number.POSITIVE_INFINITY);
    if (current !== null && came) {
      const closing = { refreshedAt: received, age: Math.max(0, current.age - next.age) };
      const synced = passwordMethod && input.passwordSetAt !== null && near(input.passwordSetAt, received);
      explainedPassword = synced;
      closed = passwordMethod
        ? syncCycleRow(current, input, {
            ...closing,
            outcome: synced ? 'password-synced' : 'token-refreshed',
          })
        : null;
      if (closed !== null) rows.push(closed);
      events.push(refreshed(now, synced, current, received, closed));
    }
    current = next;
  } else if (
    current !== null &&
    closed !== null &&
    closed.outcome === 'token-refreshed' &&
    input.passwordSetAt !== null &&
    near(input.passwordSetAt, current.receivedAt)
  ) {
    // The password followed its refresh by a few minutes.
    explainedPassword = true;
    closed = { ...closed, outcome: 'password-synced' };
    rows.push(closed);
    events.push(
      refreshed(now, true, { ...current, receivedAt: closed.staleFrom }, current.receivedAt, closed),
    );
  }

  if (current === null) {
    const phase = passwordMethod ? phaseWithoutTokens(facts) : facts.configured ? 'notApplicable' : 'unknown';
    return { memory: { phase, cycle: null, closed: null }, events, rows, explainedPassword };
  }
  current = { ...current, unread: 0 };
  if (current.age > syncTolerance) closed = null;
  if (!passwordMethod) {
    // What was owed when the method changed is owed no more, and was never answered.
    if (isOnRecord(current)) {
      rows.push(syncCycleRow(current, input, { outcome: 'abandoned', refreshedAt: null, age: current.age }));
      current = { ...current, dueTold: false, promptTold: false };
    }
    return { memory: { phase: 'notApplicable', cycle: current, closed }, events, rows, explainedPassword };
  }

  const phase = phaseOf(current, facts);
  const owed = phase === 'due' || phase === 'hint' || phase === 'overdue';
  if (owed && input.active && !current.dueTold) {
    current = { ...current, dueTold: true };
    rows.push(syncCycleRow(current, input, null));
    const dueAt = toIso(current.receivedAt + dueAge);
    events.push(
      news(
        now,
        'sync-window-due',
        `Sign-in tokens are older than 4 h 05 min; last confirmed good at ${toIso(current.receivedAt)}.`,
        {
          lastConfirmedGoodAt: toIso(current.receivedAt),
          dueAt,
        },
      ),
    );
  }
  if (phase === 'overdue' && !current.overdueTold) {
    current = { ...current, overdueTold: true };
    events.push(
      news(
        now,
        'sync-window-overdue',
        `Tokens stayed stale across an online unlock; last confirmed good at ${toIso(current.receivedAt)}.`,
        {
          lastConfirmedGoodAt: toIso(current.receivedAt),
          activeSecondsPastDue: Math.round(activeTimeSince(current.stretches, dueAge) / 1000),
        },
        'high',
      ),
    );
  }
  if (facts.userState === 1 && current.promptedAge === null) {
    current = { ...current, promptedAge: current.age, promptedAt: now };
  }
  return { memory: { phase, cycle: current, closed }, events, rows, explainedPassword };
}

function refreshed(
  at: EpochMs,
  synced: boolean,
  previous: TokenCycle,
  receivedAt: EpochMs,
  row: SyncCycle | null,
): NewEvent {
  const data = {
    receivedAt: toIso(receivedAt),
    previousReceivedAt: toIso(previous.receivedAt),
    lagSeconds: row?.lagSeconds ?? null,
    activeLagSeconds: row?.activeLagSeconds ?? null,
  };
  return synced
    ? news(
        at,
        'password-synced',
        'The local password was set together with a token refresh: the passwords agree again.',
        data,
      )
    : news(at, 'token-refreshed', 'macOS refreshed the sign-in tokens.', data);
}
