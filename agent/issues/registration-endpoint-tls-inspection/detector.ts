import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { detectInspection } from '../detect-inspection.ts';

export function detectRegistrationInspection(input: DetectorInput): Verdict {
  return detectInspection(
    input,
    'registration',
    'A proxy opens the connections to hosts of the registration.',
  );
}
