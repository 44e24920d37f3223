import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { minute } from '../../shared/time.ts';
import { isExemptAccount, usesMicrosoftExtension } from '../microsoft-extension.ts';
import { hasWorkingSignIn } from '../working-sign-in.ts';

/** macOS registers the extensions of an app some time after its installation. */
const registeredWithin = 15 * minute;

export function detectUnknownExtension(input: DetectorInput): Verdict {
  const microsoft = usesMicrosoftExtension(input);
  if (microsoft === false || isExemptAccount(input)) return null;
  const { extensions, companyPortal } = input.observation;
  if (microsoft === 'unknown' || input.facts === null || !extensions.ok || !companyPortal.ok)
    return 'unknown';
  // Without Company Portal, company-portal-missing says so.
  if (companyPortal.value === null || hasWorkingSignIn(input.facts)) return null;
  const { sso } = extensions.value;
  if (sso !== 'absent' && sso !== 'ignored') return null;
  return {
    severity: 'high',
    summary:
      sso === 'absent'
        ? 'macOS does not list the single sign-on extension of Company Portal.'
        : 'The single sign-on extension of Company Portal is turned off.',
    evidence: { extension: sso, companyPortal: companyPortal.value },
    key: sso,
    confirmAfter: registeredWithin,
  };
}
