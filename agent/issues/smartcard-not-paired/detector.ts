import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { hasWorkingSignIn } from '../working-sign-in.ts';

export function detectUnpairedSmartCard({ facts, observation }: DetectorInput): Verdict {
  const { smartCards } = observation;
  if (facts === null) return 'unknown';
  if (!isConfigured(facts) || facts.device.exempt || facts.method !== 'smartCard') return null;
  if (hasWorkingSignIn(facts)) return null;
  if (!smartCards.ok) return 'unknown';
  if (smartCards.value !== 'none') return null;
  return {
    severity: 'medium',
    summary: 'The account has no paired smart card, and the profile asks for one.',
    evidence: { smartCards: 'none' },
    key: 'none',
  };
}
