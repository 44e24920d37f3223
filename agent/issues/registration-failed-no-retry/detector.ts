import type { DetectorInput } from '../../detect/detector.ts';
import { registrationOf } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { hour } from '../../shared/time.ts';
import { profileEvidence } from '../profile-mistakes.ts';
import { hasRepair, missing } from '../registration-findings.ts';

/** Two working days of use: macOS has asked many times by then. */
const askedFor = 16 * hour;

export function detectRegistrationWithoutRetry(input: DetectorInput): Verdict {
  const { facts, memory } = input;
  if (facts === null) return 'unknown';
  if (!hasRepair(input) || facts.registration !== 'none' || !missing(facts, memory.everRegistered))
    return null;
  // Where something stops every registration, that issue says why.
  if (profileEvidence(input).causes.length > 0) return 'unknown';
  return {
    severity: 'medium',
    summary: 'The registration has not completed in 16 hours of use: macOS may not ask for it any more.',
    evidence: { registration: registrationOf(facts), method: facts.method },
    key: 'not registered',
    confirmAfterActive: askedFor,
  };
}
