import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { brokenVerdict, hasRepair } from '../registration-findings.ts';

export function detectBrokenRegistration(input: DetectorInput): Verdict {
  return brokenVerdict(input, hasRepair(input), 'macOS 14 and later repair it in Users & Groups.');
}
