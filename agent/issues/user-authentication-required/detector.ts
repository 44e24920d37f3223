import type { DetectorInput } from '../../detect/detector.ts';
import { appliesWindow, receivedAtOf } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { hour, isoOrNull } from '../../shared/time.ts';

/** Active time: macOS sets the state for a moment at login, and when an attempt found no network. */
const requiredFor = 3 * hour;

/** State 1 where macOS does not set the work password; where it does: `password-change-prompt-pending`. */
export function detectRequiredAuthentication({ facts, observation }: DetectorInput): Verdict {
  if (facts === null) return 'unknown';
  if (facts.registration !== 'complete' || appliesWindow(facts) || facts.user.state !== 1) return null;
  if (!observation.network.ok || observation.network.value === 'offline') return 'unknown';
  const receivedAt = receivedAtOf(facts);
  return {
    severity: 'medium',
    summary: 'macOS says that this user has to sign in again.',
    evidence: {
      userState: facts.user.state,
      method: facts.method,
      lastConfirmedGoodAt: isoOrNull(receivedAt),
    },
    key: 'state 1',
    confirmAfterActive: requiredFor,
  };
}
