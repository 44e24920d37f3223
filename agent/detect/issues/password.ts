import { minute, toIso } from '../../types/time.ts';
import type { Memory } from '../memory.ts';
import { activeSince } from '../stretches.ts';
import { dueAge } from '../sync-cycle.ts';
import { causesOfStaleTokens, changesBefore } from './causes.ts';
import type { Detector } from './detector.ts';

/** State 1: macOS needs an authentication. It is set for a moment at login, and when an attempt found no network. */
const needsAuthentication = 1;
/** Two online polls this far apart; catalogue 4.1. */
const promptConfirmation = 5 * minute;

export const passwordChangePromptPending: Detector = {
  issue: 'password-change-prompt-pending',
  detect: ({ facts, observation, window }) => {
    if (facts === null) return 'unknown';
    if (facts.method !== 'password' || facts.userState !== needsAuthentication) return null;
    const { network } = observation;
    // Offline, state 1 says only that the last attempt found no network.
    if (!network.ok || network.value === 'offline') return 'unknown';
    return {
      severity: 'medium',
      summary: 'macOS waits for the user to authenticate: most likely the password was changed elsewhere.',
      evidence: {
        userState: facts.userState,
        lastConfirmedGoodAt: facts.receivedAt === null ? null : toIso(facts.receivedAt),
        promptedAt: window.cycle?.promptedAt == null ? null : toIso(window.cycle.promptedAt),
      },
      key: 'state 1',
      confirmAfter: promptConfirmation,
    };
  },
};

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
        activeSecondsPastDue: Math.round(activeSince(cycle.stretches, dueAge) / 1000),
        possibleCauses: causesOfStaleTokens(evidence),
        changesBefore: changesBefore(evidence, now),
      },
      key: 'overdue',
      // The window has been read stale many times before it gets here.
      confirmAfter: 0,
    };
  },
};
