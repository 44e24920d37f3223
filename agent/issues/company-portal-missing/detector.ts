import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { minute } from '../../shared/time.ts';
import { isExemptAccount, usesMicrosoftExtension } from '../microsoft-extension.ts';

/** An update removes the app before it installs the new one. */
const updatedWithin = 15 * minute;

export function detectMissingCompanyPortal(input: DetectorInput): Verdict {
  const microsoft = usesMicrosoftExtension(input);
  if (microsoft === false || isExemptAccount(input)) return null;
  const { companyPortal } = input.observation;
  if (microsoft === 'unknown' || !companyPortal.ok) return 'unknown';
  if (companyPortal.value !== null) return null;
  return {
    severity: 'high',
    summary: 'Company Portal, which contains the single sign-on extension, is not installed.',
    evidence: { companyPortal: null },
    key: 'missing',
    confirmAfter: updatedWithin,
  };
}
