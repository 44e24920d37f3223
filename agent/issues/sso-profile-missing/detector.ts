import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { profileReplacedWithin } from '../../detect/registration-memory.ts';
import { isExemptAccount } from '../microsoft-extension.ts';

/** From this version on, a declaration can configure Platform SSO without a managed file. */
const firstWithDeclarations = 27;

export function detectMissingProfile(input: DetectorInput): Verdict {
  const { facts, memory, macosMajor } = input;
  const { ssoProfile, enrollment } = input.observation;
  if (!ssoProfile.ok || facts === null) return 'unknown';
  // Any profile answers: one without Platform SSO is how an admin switches Platform SSO off.
  if (ssoProfile.value !== null || memory.everConfigured !== true || isExemptAccount(input)) return null;
  const configured = isConfigured(facts);
  if (configured) {
    if (macosMajor === null) return 'unknown';
    // Some MDMs write no managed file: only a profile that was read can be missing.
    if (macosMajor >= firstWithDeclarations || memory.profileSeen !== true) return null;
  }
  // "Not configured" needs two equal readings. Without an enrollment, mdm-enrollment-missing says why.
  if (memory.candidate !== null || (enrollment.ok && !enrollment.value.enrolled)) return 'unknown';
  return {
    severity: 'high',
    summary: configured
      ? 'The profile with Platform SSO was removed; macOS still has Platform SSO configured.'
      : 'The profile with Platform SSO is not installed any more, and Platform SSO is not configured.',
    evidence: { configured },
    key: configured ? 'still configured' : 'not configured',
    confirmAfter: profileReplacedWithin,
  };
}
