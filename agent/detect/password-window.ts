import type { NewEvent } from '../shared/event.ts';
import type { SyncCycle } from '../shared/history-records.ts';
import type { EpochMs } from '../shared/time.ts';
import { addInterval } from './active-intervals.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import { appliesWindow, type Facts } from './facts.ts';
import { syncCycleRow } from './sync-cycle-row.ts';
import { dueAge, type TokenCycle } from './token-cycle.ts';
import { isNearReceipt, syncTolerance, type Transition, transitionOf } from './token-transition.ts';
import { dueEvent, overdueEvent, refreshEvent } from './window-events.ts';
import type { Phase, WindowMemory } from './window-memory.ts';
import { phaseOf, phaseWithoutCycle, phaseWithoutWindow } from './window-phase.ts';

/**
 * The password window, and the token cycle.
 *
 * Apple: tokens "more than four hours old" are refreshed; the timer's tolerance is five minutes. A refresh
 * that does not come while the Mac is in use can mean that the password in the IdP is another one.
 * docs/password-window.md lists what is documented, measured and inferred.
 *
 * Invariants:
 * - Age is real time since the receipt of the tokens. A clock change does not change it, apart from the time
 *   across a start of the Mac (boot-gap.ts).
 * - Only active time (awake, unlocked, online, at the console) leads to an issue.
 * - Each event is recorded at most once a cycle, unless a corrected clock made the tokens younger.
 * - Where the work password is not synchronised, the token cycle is followed, and the window has no phases.
 */

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

/** Advances a token cycle by the elapsed time. */
function advanced(of: TokenCycle, input: WindowInput): TokenCycle {
  const now = Math.max(0, of.age + input.elapsedTime.total);
  if (now < of.age) return rejuvenated(of, now);
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

/** The tokens are younger than was counted: what happened at a greater age did not happen. */
function rejuvenated(of: TokenCycle, age: number): TokenCycle {
  return {
    ...of,
    age,
    unread: Math.min(of.unread, age),
    stretches: of.stretches.filter(([, end]) => end <= age),
    unlockedAge: of.unlockedAge !== null && of.unlockedAge > age ? null : of.unlockedAge,
    unlocks: of.unlockedAge !== null && of.unlockedAge > age ? 0 : of.unlocks,
    overdueTold: of.overdueTold && age > dueAge,
    prompt: of.prompt === null ? null : { ...of.prompt, age: Math.min(of.prompt.age, age) },
  };
}

/** Whether the cycle has an open row in the database. */
function hasOpenRow({ dueTold, prompt }: TokenCycle): boolean {
  return dueTold || prompt?.told === true;
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
      // A registration sets the local password at its end.
      const synced = first && appliesWindow(facts) && isNearReceipt(input.passwordSetAt, next.receivedAt);
      if (!synced) return { ...silent, cycle: next };
      const event = refreshEvent(input.now, synced, null, next.receivedAt, null);
      return { ...silent, cycle: { ...next, passwordSet: true }, events: [event], explainedPassword: true };
    }
    case 'removed':
      return { ...silent, cycle: null, rows: abandonedRows(transition.from, input) };
    case 'refreshed': {
      const { from, next } = transition;
      const passwordMethod = appliesWindow(facts);
      const synced = passwordMethod && isNearReceipt(input.passwordSetAt, next.receivedAt);
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
