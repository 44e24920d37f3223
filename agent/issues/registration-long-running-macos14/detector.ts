import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { minute } from '../../shared/time.ts';
import { hasRepair, longRunningVerdict } from '../registration-findings.ts';

/** Two cycles of the popup that macOS 14 shows about every 10 minutes; catalogue 4.7. */
const twoPopups = 25 * minute;

export function detectLongRegistration(input: DetectorInput): Verdict {
  return longRunningVerdict(input, hasRepair(input), twoPopups, 'medium');
}
