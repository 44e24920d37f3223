import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { usesMicrosoftExtension } from '../microsoft-extension.ts';

export function detectTemporaryAccounts(input: DetectorInput): Verdict {
  const microsoft = usesMicrosoftExtension(input);
  if (microsoft === false) return null;
  const { observation, macosMajor } = input;
  const { ssoProfile } = observation;
  if (microsoft === 'unknown' || !ssoProfile.ok || macosMajor === null) return 'unknown';
  if (macosMajor < 26 || ssoProfile.value?.temporaryAccounts !== true) return null;
  return {
    severity: 'medium',
    summary: 'The profile turns on Authenticated Guest Mode, which Entra ID does not support.',
    evidence: { temporaryAccounts: true, macos: String(macosMajor) },
    key: 'temporary accounts',
  };
}
