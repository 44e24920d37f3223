import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { hour } from '../../shared/time.ts';

/** macOS gets this long to follow a changed profile. */
const followedWithin = hour;

export function detectSwitchedOffInProfile({ facts, observation }: DetectorInput): Verdict {
  const { appSso, ssoProfile } = observation;
  if (facts === null || !appSso.ok || !ssoProfile.ok) return 'unknown';
  const profile = ssoProfile.value;
  if (profile === null || profile.platformSso || !isConfigured(facts)) return null;
  // Before the registration is complete, it is a conflict of two profiles.
  if (facts.registration !== 'complete') return null;
  // The payload of another extension, or a Credential payload, says nothing about Platform SSO.
  const { extensionIdentifier, type } = profile;
  if (type === 'credential' || extensionIdentifier === null) return null;
  if (extensionIdentifier !== appSso.value.extensionIdentifier) return null;
  return {
    severity: 'low',
    summary: 'The profile has no PlatformSSO any more, and Platform SSO is still configured and registered.',
    evidence: { registration: facts.registration },
    key: 'still registered',
    confirmAfter: followedWithin,
  };
}
