import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured, receivedAtOf } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { day, minute } from '../../shared/time.ts';
import { hasWorkingSignIn } from '../working-sign-in.ts';

/** A keyboard with Touch ID can be away for a while. */
const connectedWithin = 30 * minute;

export function detectNoFingerprint({ facts, observation, now }: DetectorInput): Verdict {
  const { fingerprints, ssoProfile } = observation;
  if (facts === null || !ssoProfile.ok) return 'unknown';
  if (!isConfigured(facts) || facts.device.exempt || facts.method !== 'secureEnclaveKey') return null;
  const { biometricPolicy = null, userChannelUnread = false } = ssoProfile.value ?? {};
  if (biometricPolicy !== true) return biometricPolicy === null && userChannelUnread ? 'unknown' : null;
  const receivedAt = receivedAtOf(facts);
  // The key was used: a fingerprint is there.
  if (hasWorkingSignIn(facts) && receivedAt !== null && now - receivedAt < day) return null;
  if (!fingerprints.ok) return 'unknown';
  if (fingerprints.value > 0) return null;
  return {
    severity: 'high',
    summary:
      'The profile asks for Touch ID at each use of the key, and the user has no fingerprint enrolled.',
    evidence: { fingerprints: 0, biometricPolicy: true },
    key: 'no fingerprint',
    confirmAfterActive: connectedWithin,
  };
}
