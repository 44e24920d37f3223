import { hour, minute } from '../shared/time.ts';
import { activeTimeSince } from './active-intervals.ts';
import { appliesWindow, type Facts, isConfigured, receivedAtOf, relationOf } from './facts.ts';
import { dueAge, type TokenCycle } from './token-cycle.ts';
import type { Phase, PhaseWithoutCycle, WindowMemory } from './window-memory.ts';

/** Active time after the due time until phase `hint`. */
const hintAfterActive = 15 * minute;
/** Active time that macOS gets to refresh after an online unlock. */
const unlockGrace = 5 * minute;
/** Active time after the due time, or after the unlock, with the short poll interval. */
const unlockAwaitedFor = 2 * hour;
/** The phase of a cycle, where the work password is synchronised. */
export function phaseOf(of: TokenCycle, facts: Facts): Phase {
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

/** The phase while there is no token cycle. */
export function phaseWithoutCycle(facts: Facts): PhaseWithoutCycle {
  return appliesWindow(facts) ? phaseWithoutTokens(facts) : phaseWithoutWindow(facts);
}

/** The phase where the work password is not synchronised. */
export function phaseWithoutWindow(facts: Facts): 'notApplicable' | 'unknown' {
  return isConfigured(facts) && relationOf(facts) === 'independent' ? 'notApplicable' : 'unknown';
}

function phaseWithoutTokens({ registration }: Facts): PhaseWithoutCycle {
  return registration === 'none' || registration === 'device' ? 'suspended' : 'unknown';
}
