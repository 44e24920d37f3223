import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { fromIso, hour, second, toIso } from '../../shared/time.ts';

/** A day of use in which macOS found no moment for a full sign-in. */
const usedFor = 8 * hour;
/** Apple's minimum of LoginFrequency. */
const shortestSeconds = 3_600;

export function detectOverdueLogin({ facts, observation, now }: DetectorInput): Verdict {
  const { appSso, network } = observation;
  if (facts === null || !appSso.ok) return 'unknown';
  if (facts.registration !== 'complete' || facts.method !== 'password') return null;
  const { device, user } = appSso.value;
  const frequency = device?.loginFrequencySeconds ?? null;
  const loginAt = user?.lastLoginAt ?? null;
  if (frequency === null || loginAt === null) return 'unknown';
  const age = now - fromIso(loginAt);
  if (age <= Math.max(frequency, shortestSeconds) * second) return null;
  if (!network.ok) return 'unknown';
  return {
    severity: 'low',
    summary: 'The last full sign-in is older than LoginFrequency, through 8 hours of online use.',
    evidence: { lastLoginAt: toIso(fromIso(loginAt)), loginFrequencySeconds: frequency },
    key: 'overdue',
    confirmAfterActive: usedFor,
  };
}
