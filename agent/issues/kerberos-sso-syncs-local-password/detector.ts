import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';

export function detectKerberosPasswordSync({ facts, observation }: DetectorInput): Verdict {
  const { ssoProfile } = observation;
  if (facts === null || !ssoProfile.ok) return 'unknown';
  if (!isConfigured(facts) || facts.device.exempt || facts.method !== 'password') return null;
  if (ssoProfile.value?.kerberosSyncsPassword !== true)
    return ssoProfile.value?.userChannelUnread ? 'unknown' : null;
  return {
    severity: 'medium',
    summary: 'The Kerberos extension sets the local password too: syncLocalPassword is true.',
    evidence: { syncLocalPassword: true },
    key: 'syncLocalPassword',
  };
}
