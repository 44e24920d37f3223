import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';

export function detectScreenUnlockMode({ facts, observation, macosMajor }: DetectorInput): Verdict {
  const { screenUnlock } = observation;
  if (facts === null || !screenUnlock.ok) return 'unknown';
  if (!isConfigured(facts) || facts.device.exempt || facts.registration !== 'complete') return null;
  if (facts.method !== 'password' && facts.method !== 'smartCard') return null;
  if (screenUnlock.value !== 1) return null;
  return {
    severity: macosMajor !== null && macosMajor >= 26 ? 'high' : 'medium',
    summary: 'screenUnlockMode is 1: the unlock of the screen with Platform SSO can fail.',
    evidence: { screenUnlockMode: 1, macos: macosMajor === null ? null : String(macosMajor) },
    key: 'screenUnlockMode 1',
  };
}
