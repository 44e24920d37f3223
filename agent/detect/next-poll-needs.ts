import type { EpochMs } from '../shared/time.ts';
import { emptyStateLimit } from './empty-state.ts';
import type { Memory } from './memory.ts';
import { type DetectorResults, shortIntervalFor } from './run-detectors.ts';
import { awaitsUnlock } from './window-phase.ts';

/** Whether the next poll must be a full one, and whether it comes after the short poll interval. */
export function nextPollNeeds(
  { candidate, window, active, emptyFor, doubts = [] }: Memory,
  issues: DetectorResults,
  now: EpochMs,
): Pick<DetectorResults, 'needsFullPoll' | 'needsShortInterval'> {
  // The next unlock decides the phase, and the Mac may then be unlocked only for a short time.
  const unlockDecides = active && awaitsUnlock(window);
  const waited = candidate === null ? null : now - candidate.firstAt;
  const secondReadingIsNear = waited !== null && waited >= 0 && waited < shortIntervalFor;
  // AppSSOAgent may be back at the next poll.
  const mayRecover = emptyFor != null && emptyFor < emptyStateLimit;
  return {
    needsFullPoll:
      issues.needsFullPoll || candidate !== null || doubts.length > 0 || mayRecover || unlockDecides,
    needsShortInterval: issues.needsShortInterval || secondReadingIsNear || mayRecover || unlockDecides,
  };
}
