import type { DetectorInput } from '../../detect/detector.ts';
import { providerOfMac } from '../../detect/extension.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { providerNames } from '../../shared/identity-provider.ts';
import { brokenVerdict, hasRepair } from '../registration-findings.ts';

export function detectBrokenRegistrationMacos13(input: DetectorInput): Verdict {
  const remedy = `macOS 13 has no Repair. ${providerNames(providerOfMac(input.memory)).deregister}`;
  return brokenVerdict(input, !hasRepair(input), remedy);
}
