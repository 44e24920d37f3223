import { activeTimeSince } from '../../detect/active-intervals.ts';
import type { DetectorInput } from '../../detect/detector.ts';
import { appliesWindow, receivedAtOf } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { dueAge } from '../../detect/token-cycle.ts';
import { toIso } from '../../shared/time.ts';
import { promptIsOpen } from '../password-change-prompt-pending/detector.ts';
import { causesOfStaleTokens } from '../possible-causes.ts';
import { isBindingIssueOpen } from '../token-binding-owed/detector.ts';

export function detectOverdueWindow(input: DetectorInput): Verdict {
  const { facts, memory, window } = input;
  // macOS asks for the local password: this issue, which asks for the work password, ends meanwhile.
  if (isBindingIssueOpen(memory)) return null;
  if (facts === null) return 'unknown';
  const { cycle } = window;
  if (cycle === null || !appliesWindow(facts) || facts.registration !== 'complete') return null;
  // macOS prompts by itself: this issue ends when the issue of the prompt opens, not before.
  if (window.phase === 'pending') return promptIsOpen(memory) ? null : 'unknown';
  if (receivedAtOf(facts) === null) return 'unknown';
  // Overdue tokens remain overdue until a refresh, even when the Mac is not used.
  if (!cycle.overdueTold) return null;
  return {
    severity: 'high',
    summary:
      "Sign-in wasn't renewed after unlocking online: a changed password may not have reached this Mac.",
    evidence: {
      lastConfirmedGoodAt: toIso(cycle.receivedAt),
      activeSecondsPastDue: Math.round(activeTimeSince(cycle.stretches, dueAge) / 1000),
      ...causesOfStaleTokens(input),
    },
    key: 'overdue',
    // Many polls have already read the tokens as stale.
    confirmAfter: 0,
  };
}
