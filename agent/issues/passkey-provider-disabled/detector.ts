import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { hour } from '../../shared/time.ts';
import { isExemptAccount } from '../microsoft-extension.ts';

/** The user or a script turns it on after the registration. */
const turnedOnWithin = hour;

export function detectAutoFillOff(input: DetectorInput): Verdict {
  const { facts, observation } = input;
  const { extensions } = observation;
  if (facts === null || !extensions.ok) return 'unknown';
  if (facts.registration !== 'complete' || facts.method !== 'secureEnclaveKey') return null;
  if (isExemptAccount(input)) return null;
  const { autoFill } = extensions.value;
  // An old Company Portal has no such extension.
  if (autoFill === 'used' || autoFill === 'absent') return null;
  return {
    severity: 'low',
    summary: 'Company Portal is not turned on for AutoFill, so its passkey is not offered.',
    evidence: { autoFill },
    key: autoFill,
    confirmAfterActive: turnedOnWithin,
  };
}
