import type { DetectorInput } from '../detect/detector.ts';
import { minute } from '../shared/time.ts';

/** macOS asks for a short time also at a login and when the network returns. */
export const outOfStepFor = 15 * minute;

/**
 * The password of the Mac may differ from the work password: macOS asks for the new one, the tokens are
 * overdue, or the local password was changed without a token refresh.
 */
export function isPasswordOutOfStep({ window, memory }: DetectorInput): boolean {
  return window.phase === 'pending' || window.phase === 'overdue' || memory.unexplainedPassword !== null;
}
