import { activeTimeSince } from '../../detect/active-intervals.ts';
import type { DetectorInput } from '../../detect/detector.ts';
import { appliesWindow, receivedAtOf } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { dueAge } from '../../detect/token-cycle.ts';
import { hour, toIso } from '../../shared/time.ts';

/** macOS refreshes at an unlock; one unlock can fall into a short outage. */
const unlocksNeeded = 2;
const onlineUseNeeded = 8 * hour;

export function detectOverdueRefresh(input: DetectorInput): Verdict {
  const { facts, window } = input;
  if (facts === null) return 'unknown';
  const { method } = facts;
  // Where macOS sets the work password, stale tokens are password-change-window-overdue.
  if (appliesWindow(facts)) return null;
  if (method !== 'secureEnclaveKey' && method !== 'smartCard') return 'unknown';
  if (facts.registration !== 'complete') return null;
  const { cycle } = window;
  if (cycle === null || receivedAtOf(facts) === null) return 'unknown';
  const used = activeTimeSince(cycle.stretches, dueAge);
  if (cycle.age <= dueAge || cycle.unlocks < unlocksNeeded || used < onlineUseNeeded) return null;
  return {
    severity: 'medium',
    summary:
      'The sign-in tokens are older than 4 h 05 min, through two online unlocks and 8 hours of online use.',
    evidence: {
      tokensReceivedAt: toIso(cycle.receivedAt),
      activeSecondsPastDue: Math.round(used / 1000),
      method,
    },
    key: 'overdue',
  };
}
