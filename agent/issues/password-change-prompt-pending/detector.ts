import type { DetectorInput } from '../../detect/detector.ts';
import { appliesWindow, type Facts, receivedAtOf } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import type { Memory, Sighting } from '../../detect/memory.ts';
import { hour, isoOrNull, minute, toIso } from '../../shared/time.ts';
import { isBindingIssueOpen } from '../token-binding-owed/detector.ts';
import { localChangeBefore } from './local-change.ts';

/**
 * State 1: macOS needs an authentication. It is set briefly at login, and when an attempt found no network.
 */
const needsAuthentication = 1;
/** Minimum time between the two online polls that confirm it; catalogue 4.1. */
const promptConfirmation = 5 * minute;
/** Active time: the admin has to act by then (catalogue 5, rule 4). */
const unansweredFor = 4 * hour;

function sightingIn(memory: Memory): Sighting | undefined {
  return memory.sightings['password-change-prompt-pending'];
}

export function promptIsOpen(memory: Memory): boolean {
  return sightingIn(memory)?.openedAt != null;
}

export function detectPasswordChangePrompt({
  facts,
  observation,
  window,
  memory,
  now,
}: DetectorInput): Verdict {
  // The name of that state proves another one than state 1, and it asks for the local password.
  if (isBindingIssueOpen(memory)) return null;
  if (facts === null) return 'unknown';
  if (!appliesWindow(facts)) return null;
  const userState = facts.user?.state;
  if (userState !== needsAuthentication) return mayBeUnanswered(facts, memory) ? 'unknown' : null;
  const { network } = observation;
  // Offline, state 1 shows only that the last attempt found no network.
  if (!network.ok || network.value === 'offline') return 'unknown';
  const sighting = sightingIn(memory);
  const receivedAt = receivedAtOf(facts);
  const promptedAt = window.cycle?.prompt?.at;
  const unanswered = sighting !== undefined && sighting.active >= unansweredFor;
  const firstAt = Math.min(sighting?.firstAt ?? now, promptedAt ?? now);
  const changed = localChangeBefore(memory, firstAt, receivedAt);
  return {
    severity: unanswered ? 'high' : 'medium',
    summary: unanswered
      ? 'macOS still asks the user for the work password after 4 hours of use.'
      : 'macOS asks the user for the work password.',
    evidence: {
      userState,
      lastConfirmedGoodAt: isoOrNull(receivedAt),
      promptedAt: promptedAt === undefined ? null : toIso(promptedAt),
      ...(changed === null ? {} : { localPasswordSetAt: toIso(changed.setAt) }),
    },
    key: `state 1${unanswered ? ', unanswered' : ''}${changed === null ? '' : ', local password changed'}`,
    confirmAfter: promptConfirmation,
  };
}

/**
 * State 0 with the tokens of the prompt is no success: after a password that the identity provider refuses
 * the state can stay at 0, and only a successful sign-in brings newer tokens (catalogue 4.1: "state 0 and
 * Received jumps").
 */
function mayBeUnanswered(facts: Facts, memory: Memory): boolean {
  const sighting = sightingIn(memory);
  if (facts.registration !== 'complete' || sighting?.openedAt == null) return false;
  const { cycle } = memory.window;
  // A new token cycle has no prompt; a clock change does not matter to that.
  return cycle === null || (cycle.prompt !== null && cycle.receivedAt <= sighting.firstAt);
}
