import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { appliedWithin } from '../profile-mistakes.ts';

/** Macs with an Intel processor that can run macOS 13 or later and have no Touch ID. The list is complete. */
const withoutTouchId =
  /^(?:iMac1[89],\d|iMac20,\d|iMacPro1,1|MacBook10,1|MacBookPro14,1|Macmini8,1|MacPro7,1)$/;

export function detectUnsupportedModel({ facts, observation }: DetectorInput): Verdict {
  const { power, ssoProfile } = observation;
  if (facts === null || !power.ok || !ssoProfile.ok) return 'unknown';
  const { model } = power.value;
  // A registration that is complete proves that the Mac can.
  if (facts.registration === 'complete' || ssoProfile.value?.platformSso !== true) return null;
  if (isConfigured(facts) && facts.device.exempt) return null;
  if (model === undefined) return 'unknown';
  if (!withoutTouchId.test(model)) return null;
  return {
    severity: 'medium',
    summary: 'This Mac has an Intel processor and no Touch ID: Platform SSO does not support it.',
    evidence: { model },
    key: model,
    confirmAfter: appliedWithin,
  };
}
