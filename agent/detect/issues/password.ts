import { hour, minute, toIso } from '../../shared/time.ts';
import { activeTimeSince } from '../active-intervals.ts';
import type { Facts } from '../facts.ts';
import type { Memory } from '../memory.ts';
import { dueAge } from '../sync-cycle.ts';
import { causesOfStaleTokens, changesBefore } from './causes.ts';
import type { Detector } from './detector.ts';

/** State 1: macOS needs an authentication. It is set for a moment at login, and when an attempt found no network. */
const needsAuthentication = 1;
/** Two online polls this far apart; catalogue 4.1. */
const promptConfirmation = 5 * minute;
/** Of use: by then the user was to be told twice, and it becomes the admin's (catalogue 5, rule 4). */
const unansweredFor = 4 * hour;

export const passwordChangePromptPending: Detector = {
  issue: 'password-change-prompt-pending',
  detect: ({ facts, observation, window, memory }) => {
    if (facts === null) return 'unknown';
    if (facts.method !== 'password') return null;
    if (facts.userState !== needsAuthentication) return mayBeUnanswered(facts, memory) ? 'unknown' : null;
    const { network } = observation;
    // Offline, state 1 says only that the last attempt found no network.
    if (!network.ok || network.value === 'offline') return 'unknown';
    const sighting = memory.sightings[passwordChangePromptPending.issue];
    const unanswered = sighting !== undefined && sighting.active >= unansweredFor;
    const since = unanswered
      ? 'has waited for the user to authenticate in 4 hours of use'
      : 'waits for the user to authenticate';
    return {
      severity: unanswered ? 'high' : 'medium',
      summary: `macOS ${since}: most likely the password was changed elsewhere.`,
      evidence: {
        userState: facts.userState,
        lastConfirmedGoodAt: facts.receivedAt === null ? null : toIso(facts.receivedAt),
        promptedAt: window.cycle?.promptedAt == null ? null : toIso(window.cycle.promptedAt),
      },
      key: unanswered ? 'state 1, unanswered' : 'state 1',
      confirmAfter: promptConfirmation,
    };
  },
};

/**
 * State 0 with the tokens that the prompt was seen with is no success: a password that the identity provider refuses may leave
 * the state at 0, and only a sign-in that worked brings newer tokens (catalogue 4.1: "state 0 and Received jumps").
 */
function mayBeUnanswered(facts: Facts, memory: Memory): boolean {
  const sighting = memory.sightings[passwordChangePromptPending.issue];
  if (facts.registration !== 'complete' || sighting?.openedAt == null) return false;
  const { cycle } = memory.window;
  // A new set of tokens knows of no prompt, whatever a clock that was set says of its time.
  return cycle === null || (cycle.promptedAt !== null && cycle.receivedAt <= sighting.firstAt);
}

function promptIsOpen(memory: Memory): boolean {
  return memory.sightings[passwordChangePromptPending.issue]?.openedAt != null;
}

export const passwordChangeWindowOverdue: Detector = {
  issue: 'password-change-window-overdue',
  detect: (evidence) => {
    const { facts, memory, window, now } = evidence;
    if (facts === null) return 'unknown';
    const { cycle } = window;
    if (cycle === null || facts.method !== 'password' || facts.registration !== 'complete') return null;
    // macOS has noticed by itself: this ends when the other issue takes over, not before.
    if (window.phase === 'pending') return promptIsOpen(memory) ? null : 'unknown';
    if (facts.receivedAt === null) return 'unknown';
    // Once overdue it stays so until the tokens are refreshed, however long the Mac is away then.
    if (!cycle.overdueTold) return null;
    return {
      severity: 'high',
      summary:
        'Tokens stayed stale across an online unlock: a changed password may not have reached this Mac.',
      evidence: {
        lastConfirmedGoodAt: toIso(cycle.receivedAt),
        activeSecondsPastDue: Math.round(activeTimeSince(cycle.stretches, dueAge) / 1000),
        possibleCauses: causesOfStaleTokens(evidence),
        changesBefore: changesBefore(evidence, now),
      },
      key: 'overdue',
      // The window has been read stale many times before it gets here.
      confirmAfter: 0,
    };
  },
};
