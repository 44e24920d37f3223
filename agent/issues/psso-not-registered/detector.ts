import type { DetectorInput } from '../../detect/detector.ts';
import type { Facts } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { appliedWithin, profileEvidence } from '../profile-mistakes.ts';
import { describeRegistration, findingOf, missing } from '../registration-findings.ts';

/**
 * The profile is installed, and `app-sso` prints only `(null)`: one of the two evidences of catalogue 4.12.
 */
function profileWithoutEffect(input: DetectorInput, facts: Facts): Verdict {
  const { ssoProfile } = input.observation;
  // "Not configured" needs two equal readings.
  if (!ssoProfile.ok || input.memory.candidate !== null) return 'unknown';
  if (ssoProfile.value?.platformSso !== true) return null;
  const { causes } = profileEvidence(input);
  const finding = findingOf(
    input,
    facts,
    'A profile with Platform SSO is installed, but macOS says that Platform SSO is not configured.',
  );
  return {
    ...finding,
    severity: 'medium',
    // The other possible causes of the catalogue apply once macOS has begun to register.
    evidence: { ...finding.evidence, configured: false, possibleCauses: [...causes] },
    key: ['profile', ...causes].join(' '),
    variant: 'profile without effect',
    confirmAfter: appliedWithin,
  };
}

export function detectMissingRegistration(input: DetectorInput): Verdict {
  const { facts, memory } = input;
  if (facts === null) return 'unknown';
  if (facts.registration === 'notConfigured') return profileWithoutEffect(input, facts);
  if (!missing(facts, memory.everRegistered)) return null;
  return {
    ...findingOf(input, facts, `Platform SSO is configured, but ${describeRegistration(facts)}.`),
    severity: 'medium',
  };
}
