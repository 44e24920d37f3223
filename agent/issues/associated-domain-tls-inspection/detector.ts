import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { detectInspection } from '../detect-inspection.ts';

export function detectSignInInspection(input: DetectorInput): Verdict {
  return detectInspection(input, 'signIn', 'A proxy opens the connections to hosts of the sign-in.');
}
