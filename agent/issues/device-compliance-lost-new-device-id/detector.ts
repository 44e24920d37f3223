import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { day, toIso } from '../../shared/time.ts';

/** A partner's record that is not corrected in a week is known to the admin by other means. */
const worthKnowing = 7 * day;

export function detectNewDeviceId({ facts, memory, now }: DetectorInput): Verdict {
  if (facts === null) return 'unknown';
  if (!isConfigured(facts)) return null;
  const change = memory.changes.findLast(({ kind }) => kind === 're-registered');
  if (change === undefined || change.from === null || change.to === null || change.from === change.to)
    return null;
  const age = now - change.at;
  if (age < 0) return 'unknown';
  if (age >= worthKnowing) return null;
  // While the new registration is not complete, it has an issue of its own.
  if (facts.registration !== 'complete') return 'unknown';
  return {
    severity: 'low',
    summary:
      'The Mac has a new device ID. Where a partner reports its compliance, it may report the old one.',
    evidence: { oldDeviceId: change.from, newDeviceId: change.to, changedAt: toIso(change.at) },
    key: change.to,
  };
}
