import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { brokenVerdict, hasRepair } from '../registration-findings.ts';

export function detectBrokenRegistrationMacos13(input: DetectorInput): Verdict {
  const remedy = 'macOS 13 has no Repair: deregister and register in Company Portal.';
  return brokenVerdict(input, !hasRepair(input), remedy);
}
