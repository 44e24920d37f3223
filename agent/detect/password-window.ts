import * as z from 'zod/mini';
import { type NewEvent, newEvent } from '../shared/event.ts';
import type { SyncCycle } from '../shared/history-records.ts';
import { type EpochMs, hour, minute, toIso } from '../shared/time.ts';
import { activeTimeSince, addInterval } from './active-intervals.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import { appliesWindow, type Facts, isConfigured, receivedAtOf, relationOf } from './facts.ts';
import {
  closedCycleShape,
  cycleFromStored,
  cycleToStored,
  dueAge,
  storedCycleShape,
  syncCycleRow,
  type TokenCycle,
} from './sync-cycle.ts';

/**
 * The password window, and the token cycle.
 *
 * Apple: tokens "more than four hours old" are refreshed; the timer's tolerance is five minutes. A refresh
 * that does not come while the Mac is in use can mean that the password in the IdP is another one.
 * docs/password-window.md lists what is documented, measured and inferred.
 *
 * Invariants:
 * - Age is real time since the receipt of the tokens. A clock change does not change it.
 * - Only active time (awake, unlocked, online, at the console) leads to an issue.
 * - Each event is recorded at most once a cycle.
 * - Where the work password is not synchronised, the token cycle is followed, and the window has no phases.
 */

/** Active time after the due time until phase `hint`. */
const hintAfterActive = 15 * minute;
/** Active time that macOS gets to refresh after an online unlock. */
const unlockGrace = 5 * minute;
/** Active time after the due time, or after the unlock, with the short poll interval. */
const unlockAwaitedFor = 2 * hour;
/** A local password that was set within this time of a refresh was set by it. */
export const syncTolerance = 10 * minute;

/**
 * - `unknown`        no reading yet, or it is unknown how the method treats the password
 * - `notApplicable`  Secure Enclave key or smart card: the local password is independent
 * - `suspended`      not registered: the registration comes first
 * - `fresh`          tokens younger than the due time
 * - `due`            tokens older than the due time
 * - `hint`           15 active minutes after the due time without an unlock: macOS may have no timer
 * - `overdue`        tokens stayed due across an online unlock
 * - `pending`        macOS prompts the user (state 1)
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
type Phase = (typeof phases)[number];

/** Without a token cycle, the window has one of these phases. */
type PhaseWithoutCycle = Extract<Phase, 'unknown' | 'notApplicable' | 'suspended'>;

/** The window from one poll to the next. */
export type WindowMemory =
  | { readonly phase: PhaseWithoutCycle; readonly cycle: null }
  | {
      readonly phase: Phase;
      readonly cycle: TokenCycle;
      /**
       * The row of the previous cycle, while a password that is set within minutes can explain its refresh.
       */
      readonly closed: SyncCycle | null;
    };

/** The window in the agent memory. The keys are a contract with existing databases. */
export const storedWindowShape = () =>
  z.object({
    phase: z.enum(phases),
    cycle: z.nullable(storedCycleShape()),
    closed: z.optional(z.nullable(closedCycleShape())),
  });
type StoredWindow = z.infer<ReturnType<typeof storedWindowShape>>;

export function windowFromStored({ phase, cycle, closed = null }: StoredWindow): WindowMemory {
  if (cycle !== null) return { phase, cycle: cycleFromStored(cycle), closed };
  return { phase: phase === 'notApplicable' || phase === 'suspended' ? phase : 'unknown', cycle };
}

export function windowToStored(of: WindowMemory): StoredWindow {
  if (of.cycle === null) return { ...of, closed: null };
  return { ...of, cycle: cycleToStored(of.cycle) };
}

export interface WindowInput {
  readonly now: EpochMs;
  readonly elapsedTime: Pick<ElapsedTime, 'total' | 'awake'>;
  /** The facts of this poll; null: `app-sso` could not be read. */
  readonly facts: Facts | null;
  readonly wasActive: boolean;
  readonly active: boolean;
  /** This poll found an unlock, a login or a switch back to this user, and the Mac is online. */
  readonly unlockedOnline: boolean;
  /** When the local password was set, while no refresh explains it; otherwise null. */
  readonly passwordSetAt: EpochMs | null;
  /** When the password was changed in the IdP, by the setting IdpPasswordChangedAt; null: unknown. */
  readonly idpPasswordChangedAt: EpochMs | null;
}

export interface WindowOutput {
  readonly memory: WindowMemory;
  readonly events: readonly NewEvent[];
  readonly rows: readonly SyncCycle[];
  /** A refresh explains `passwordSetAt`. */
  readonly explainedPassword: boolean;
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

/** Advances a token cycle by the elapsed time. */
function advanced(of: TokenCycle, input: WindowInput): TokenCycle {
  const now = of.age + input.elapsedTime.total;
  const used = input.wasActive && input.active ? input.elapsedTime.awake : 0;
  const unlocked = input.unlockedOnline && now > dueAge;
  return {
    ...of,
    age: now,
    unread: input.facts === null ? of.unread + input.elapsedTime.total : of.unread,
    stretches: used > 0 ? [...addInterval(of.stretches, now - used, now)] : of.stretches,
    unlockedAge: of.unlockedAge ?? (unlocked ? now : null),
    // At most two: a higher count would change the memory at every unlock.
    unlocks: Math.min(2, of.unlocks + (unlocked ? 1 : 0)),
  };
}

/** Whether the cycle has an open row in the database. */
function hasOpenRow({ dueTold, prompt }: TokenCycle): boolean {
  return dueTold || prompt?.told === true;
}

function setNear(passwordSetAt: EpochMs | null, receivedAt: EpochMs): boolean {
  return passwordSetAt !== null && Math.abs(passwordSetAt - receivedAt) <= syncTolerance;
}

function phaseWithoutTokens({ registration }: Facts): PhaseWithoutCycle {
  return registration === 'none' || registration === 'device' ? 'suspended' : 'unknown';
}

function phaseOf(of: TokenCycle, facts: Facts): Phase {
  if (facts.registration !== 'complete') return phaseWithoutTokens(facts);
  // Tokens that are not shown can come back. Their absence is no refresh.
  if (receivedAtOf(facts) === null) return 'unknown';
  if (facts.user.state === 1) return 'pending';
  if (of.age <= dueAge) return 'fresh';
  if (activeTimeSince(of.stretches, dueAge) < hintAfterActive) return 'due';
  if (of.unlockedAge === null) return 'hint';
  return activeTimeSince(of.stretches, of.unlockedAge) >= unlockGrace ? 'overdue' : 'due';
}

/**
 * Whether an unlock may soon decide the phase, or just did. A Mac in phase `hint` can stay unlocked for days,
 * and `app-sso` unreadable, so the wait ends.
 */
export function awaitsUnlock({ phase, cycle }: WindowMemory): boolean {
  if (cycle === null || (phase !== 'due' && phase !== 'hint')) return false;
  return activeTimeSince(cycle.stretches, cycle.unlockedAge ?? dueAge) < unlockAwaitedFor;
}

/** What happened to the tokens between two polls. */
type Transition =
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

function transitionOf(
  cycle: TokenCycle | null,
  closed: SyncCycle | null,
  facts: Facts,
  input: WindowInput,
): Transition {
  const received = receivedAtOf(facts);
  if (cycle !== null && !isConfigured(facts)) return { kind: 'removed', from: cycle };
  if (received !== null && received !== cycle?.receivedAt) return tokensChanged(cycle, received, input);
  const passwordFollowed =
    cycle !== null &&
    facts.method === 'password' &&
    cycle.passwordSet !== true &&
    // A memory of an older version has no `passwordSet`.
    closed?.outcome !== 'password-synced' &&
    setNear(input.passwordSetAt, cycle.receivedAt);
  return passwordFollowed ? { kind: 'passwordFollowed', cycle, closed } : { kind: 'none', cycle };
}

/** `cycle` is advanced to this poll. */
function tokensChanged(cycle: TokenCycle | null, received: EpochMs, input: WindowInput): Transition {
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

/** What a step adds to the history. */
interface Recorded {
  readonly events: readonly NewEvent[];
  readonly rows: readonly SyncCycle[];
}

const nothingRecorded: Recorded = { events: [], rows: [] };

/** Advances the window by one poll. Pure. */
export function advanceWindow(memory: WindowMemory, input: WindowInput): WindowOutput {
  const { facts } = input;
  const window = memory.cycle === null ? memory : { ...memory, cycle: advanced(memory.cycle, input) };
  if (facts === null) return { memory: window, ...nothingRecorded, explainedPassword: false };

  const { cycle } = window;
  const before = window.cycle === null ? null : window.closed;
  const followed = follow(transitionOf(cycle, before, facts, input), before, facts, input);
  const { events, rows, explainedPassword } = followed;
  if (followed.cycle === null) {
    const phase = phaseWithoutCycle(facts);
    return { memory: { phase, cycle: null }, events, rows, explainedPassword };
  }

  const current = { ...followed.cycle, unread: 0 };
  const closed = current.age > syncTolerance ? null : followed.closed;
  const judged = appliesWindow(facts) ? judge(current, facts, input) : release(current, facts, input);
  return {
    memory: { phase: judged.phase, cycle: judged.cycle, closed },
    events: [...events, ...judged.events],
    rows: [...rows, ...judged.rows],
    explainedPassword,
  };
}

/** Records a transition. `closed`: the row of the previous cycle. */
function follow(
  transition: Transition,
  closed: SyncCycle | null,
  facts: Facts,
  input: WindowInput,
): Recorded & { cycle: TokenCycle | null; closed: SyncCycle | null; explainedPassword: boolean } {
  const silent = { ...nothingRecorded, closed, explainedPassword: false };
  switch (transition.kind) {
    case 'none':
      return { ...silent, cycle: transition.cycle };
    case 'begun': {
      const { next, first } = transition;
      // The registration with a password sets the local password at its end.
      const synced = first && facts.method === 'password' && setNear(input.passwordSetAt, next.receivedAt);
      if (!synced) return { ...silent, cycle: next };
      const event = refreshEvent(input.now, synced, null, next.receivedAt, null);
      return { ...silent, cycle: { ...next, passwordSet: true }, events: [event], explainedPassword: true };
    }
    case 'removed':
      return { ...silent, cycle: null, rows: abandonedRows(transition.from, input) };
    case 'refreshed': {
      const { from, next } = transition;
      const passwordMethod = appliesWindow(facts);
      const synced = passwordMethod && setNear(input.passwordSetAt, next.receivedAt);
      const row = passwordMethod ? refreshedRow(from, next, synced, input) : null;
      const event = refreshEvent(input.now, synced, from.receivedAt, next.receivedAt, row);
      const rows = row === null ? [] : [row];
      const cycle = synced ? { ...next, passwordSet: true } : next;
      return { cycle, closed: row, events: [event], rows, explainedPassword: synced };
    }
    case 'passwordFollowed': {
      const cycle = { ...transition.cycle, passwordSet: true };
      const row: SyncCycle | null = transition.closed && { ...transition.closed, outcome: 'password-synced' };
      const event = refreshEvent(input.now, true, row?.staleFrom ?? null, cycle.receivedAt, row);
      const rows = row === null ? [] : [row];
      return { cycle, closed: row, events: [event], rows, explainedPassword: true };
    }
  }
}

/** The work password is not synchronised here: an open row ends without a refresh. */
function release(
  cycle: TokenCycle,
  facts: Facts,
  input: WindowInput,
): Recorded & { phase: Phase; cycle: TokenCycle } {
  const phase = phaseWithoutWindow(facts);
  if (!hasOpenRow(cycle)) return { phase, cycle, ...nothingRecorded };
  const rows = abandonedRows(cycle, input);
  const prompt = cycle.prompt === null ? null : { ...cycle.prompt, told: false };
  return { phase, cycle: { ...cycle, dueTold: false, prompt }, events: [], rows };
}

/** Decides the phase, and records due, overdue and the prompt, each once a cycle. */
function judge(
  before: TokenCycle,
  facts: Facts,
  input: WindowInput,
): Recorded & { phase: Phase; cycle: TokenCycle } {
  const { now } = input;
  const phase = phaseOf(before, facts);
  const events: NewEvent[] = [];
  const rows: SyncCycle[] = [];
  let cycle = before;
  const isDue = phase === 'due' || phase === 'hint' || phase === 'overdue';
  if (isDue && input.active && !cycle.dueTold) {
    cycle = { ...cycle, dueTold: true };
    rows.push(syncCycleRow(cycle, input, null));
    events.push(dueEvent(cycle, now));
  }
  if (phase === 'overdue' && !cycle.overdueTold) {
    cycle = { ...cycle, overdueTold: true };
    events.push(overdueEvent(cycle, now));
  }
  if (facts.user?.state === 1 && cycle.prompt === null)
    cycle = { ...cycle, prompt: { age: cycle.age, at: now, told: false } };
  return { phase, cycle, events, rows };
}

function phaseWithoutCycle(facts: Facts): PhaseWithoutCycle {
  return appliesWindow(facts) ? phaseWithoutTokens(facts) : phaseWithoutWindow(facts);
}

function phaseWithoutWindow(facts: Facts): 'notApplicable' | 'unknown' {
  return isConfigured(facts) && relationOf(facts) === 'independent' ? 'notApplicable' : 'unknown';
}

/** The last row of a cycle that ends without a refresh. */
function abandonedRows(cycle: TokenCycle, input: WindowInput): SyncCycle[] {
  if (!hasOpenRow(cycle)) return [];
  return [syncCycleRow(cycle, input, { outcome: 'abandoned', refreshedAt: null, age: cycle.age })];
}

function refreshedRow(from: TokenCycle, next: TokenCycle, synced: boolean, input: WindowInput): SyncCycle {
  return syncCycleRow(from, input, {
    outcome: synced ? 'password-synced' : 'token-refreshed',
    refreshedAt: next.receivedAt,
    age: Math.max(0, from.age - next.age),
  });
}

function dueEvent({ receivedAt }: TokenCycle, now: EpochMs): NewEvent {
  const lastConfirmedGoodAt = toIso(receivedAt);
  const summary = `Sign-in tokens are older than 4 h 05 min; last confirmed good at ${lastConfirmedGoodAt}.`;
  return newEvent(now, 'sync-window-due', 'info', summary, {
    data: { lastConfirmedGoodAt, dueAt: toIso(receivedAt + dueAge) },
  });
}

function overdueEvent({ receivedAt, stretches }: TokenCycle, now: EpochMs): NewEvent {
  const good = toIso(receivedAt);
  const summary = `Sign-in wasn't renewed after unlocking; last confirmed good at ${good}.`;
  const activeSecondsPastDue = Math.round(activeTimeSince(stretches, dueAge) / 1000);
  return newEvent(now, 'sync-window-overdue', 'high', summary, {
    data: { lastConfirmedGoodAt: good, activeSecondsPastDue },
  });
}

function refreshEvent(
  now: EpochMs,
  synced: boolean,
  /** Null: these are the first tokens, or the tokens before them are not known now. */
  previousReceivedAt: EpochMs | null,
  receivedAt: EpochMs,
  row: SyncCycle | null,
): NewEvent {
  const data = {
    receivedAt: toIso(receivedAt),
    ...(previousReceivedAt === null ? {} : { previousReceivedAt: toIso(previousReceivedAt) }),
    lagSeconds: row?.lagSeconds ?? null,
    activeLagSeconds: row?.activeLagSeconds ?? null,
  };
  const summary = synced
    ? `The local password was set together with ${previousReceivedAt === null ? 'the receipt of tokens: the passwords agree' : 'a token refresh: the passwords agree again'}.`
    : 'macOS refreshed the sign-in tokens.';
  return newEvent(now, synced ? 'password-synced' : 'token-refreshed', 'info', summary, { data });
}
