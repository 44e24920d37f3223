import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { firstMacosWith } from '../../mac/sources/sso-profile/profile-methods.ts';
import { appliedWithin } from '../profile-mistakes.ts';

export function detectTooOldMacos({ facts, observation, macosMajor }: DetectorInput): Verdict {
  const { ssoProfile } = observation;
  if (facts === null || !ssoProfile.ok || macosMajor === null) return 'unknown';
  const profile = ssoProfile.value;
  if (profile === null || !profile.platformSso || (isConfigured(facts) && facts.device.exempt)) return null;
  // A complete registration uses a method that this macOS has.
  if (facts.registration === 'complete') return null;
  const first = firstMacosWith(profile.methodName);
  if (first === null || macosMajor >= first) return null;
  return {
    severity: 'medium',
    summary: `The sign-in method ${profile.methodName} of the profile needs macOS ${first}; this Mac has macOS ${macosMajor}.`,
    evidence: { method: profile.methodName, neededMacos: String(first), macos: String(macosMajor) },
    key: `${profile.methodName} ${macosMajor}`,
    confirmAfter: appliedWithin,
  };
}
