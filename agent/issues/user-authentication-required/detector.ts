import type { DetectorInput } from '../../detect/detector.ts';
import { receivedAtOf } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { hour, isoOrNull } from '../../shared/time.ts';

/** Active time: macOS sets the state for a moment at login, and when an attempt found no network. */
const requiredFor = 3 * hour;

/** State 1 with a method other than the password, whose prompt is `password-change-prompt-pending`. */
export function detectRequiredAuthentication({ facts, observation }: DetectorInput): Verdict {
  if (facts === null) return 'unknown';
  const { registration, method, user } = facts;
  if (registration !== 'complete' || method === 'password' || user.state !== 1) return null;
  if (!observation.network.ok || observation.network.value === 'offline') return 'unknown';
  const receivedAt = receivedAtOf(facts);
  return {
    severity: 'medium',
    summary: 'macOS says that this user has to sign in again.',
    evidence: {
      userState: user.state,
      method,
      lastConfirmedGoodAt: isoOrNull(receivedAt),
    },
    key: 'state 1',
    confirmAfterActive: requiredFor,
  };
}
