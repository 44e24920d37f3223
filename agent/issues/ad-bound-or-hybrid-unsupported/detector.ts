import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { hasWorkingSignIn } from '../working-sign-in.ts';

export function detectNetworkAccount({ facts, observation }: DetectorInput): Verdict {
  const { account } = observation;
  if (facts === null || !account.ok) return 'unknown';
  if (!isConfigured(facts) || facts.device.exempt || facts.method !== 'password') return null;
  if (account.value.networkAccount !== true) return null;
  return {
    severity: hasWorkingSignIn(facts) ? 'medium' : 'high',
    summary:
      'The account belongs to a directory such as Active Directory, and Platform SSO needs a local one.',
    evidence: { account: 'network account' },
    key: 'network account',
  };
}
