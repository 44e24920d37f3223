import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { profileVerdict } from '../profile-mistakes.ts';

export function detectMisconfiguredPayload(input: DetectorInput): Verdict {
  return profileVerdict(input, 'sso-payload-misconfigured-10001');
}
