import type { DetectorInput } from '../../detect/detector.ts';
import { appliesWindow } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { hour, instantOrNull, toIso } from '../../shared/time.ts';

/** A user who changes the password by hand often changes the work password right after it. */
const followedWithin = hour;

export function detectLocalPasswordChange({ facts, memory, observation }: DetectorInput): Verdict {
  if (facts === null) return 'unknown';
  if (!appliesWindow(facts)) return null;
  const change = memory.changedHere ?? null;
  // A password that was set while the agent did not run may come from a sync.
  if (change === null || !change.watched) return null;
  if (facts.registration !== 'complete' || !observation.appSso.ok) return 'unknown';
  const { user } = observation.appSso.value;
  const loginAt = instantOrNull(user?.lastLoginAt);
  // A later sign-in with the password proves that the identity provider takes it.
  if (loginAt !== null && loginAt > change.setAt) return null;
  return {
    severity: 'medium',
    summary:
      'The local password was changed on this Mac without a sync: it may differ from the work password.',
    evidence: { localPasswordSetAt: toIso(change.setAt) },
    key: 'changed',
    confirmAfterActive: followedWithin,
  };
}
