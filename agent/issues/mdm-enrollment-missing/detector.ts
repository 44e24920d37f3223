import type { DetectorInput } from '../../detect/detector.ts';
import { registrationOf } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { isExemptAccount } from '../microsoft-extension.ts';

export function detectMissingEnrollment(input: DetectorInput): Verdict {
  const { facts, memory } = input;
  const { enrollment } = input.observation;
  if (!enrollment.ok) return 'unknown';
  if (enrollment.value.enrolled || memory.everConfigured !== true || isExemptAccount(input)) return null;
  return {
    severity: 'high',
    summary: 'The Mac is not enrolled in MDM, and Platform SSO works on an enrolled Mac only.',
    evidence: {
      enrolled: false,
      registration: facts === null ? null : registrationOf(facts),
    },
    key: 'not enrolled',
  };
}
