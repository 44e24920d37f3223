import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { isExemptAccount, usesMicrosoftExtension } from '../microsoft-extension.ts';
import { hasWorkingSignIn } from '../working-sign-in.ts';

export function detectProtectionOff(input: DetectorInput): Verdict {
  const microsoft = usesMicrosoftExtension(input);
  if (microsoft === false || isExemptAccount(input)) return null;
  const { systemIntegrity } = input.observation;
  if (microsoft === 'unknown' || input.facts === null || !systemIntegrity.ok) return 'unknown';
  if (systemIntegrity.value || hasWorkingSignIn(input.facts)) return null;
  return {
    severity: 'high',
    summary: 'System Integrity Protection is off: macOS can refuse the single sign-on extension.',
    evidence: { systemIntegrityProtection: 'off' },
    key: 'off',
  };
}
