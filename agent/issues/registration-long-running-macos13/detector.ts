import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { minute } from '../../shared/time.ts';
import { hasRepair, longRunningVerdict } from '../registration-findings.ts';

/** On macOS 13 a registration takes a few minutes without a problem; catalogue 4.8. */
const usualOnMacos13 = 5 * minute;

export function detectLongRegistrationMacos13(input: DetectorInput): Verdict {
  return longRunningVerdict(input, !hasRepair(input), usualOnMacos13, 'low');
}
