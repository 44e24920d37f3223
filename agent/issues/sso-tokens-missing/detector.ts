import type { DetectorInput } from '../../detect/detector.ts';
import { hasTokens, tokensAreUnreadable } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { isoOrNull } from '../../shared/time.ts';
import { refreshAllowance } from '../refresh-allowance.ts';

export function detectMissingTokens({ facts, observation, memory }: DetectorInput): Verdict {
  if (facts === null) return 'unknown';
  if (facts.registration !== 'complete' || hasTokens(facts)) return null;
  if (tokensAreUnreadable(facts)) return 'unknown';
  // Tokens that expired and are then missing are one issue, and it is open already.
  if (memory.sightings['sso-tokens-expired']?.openedAt != null) return null;
  if (observation.network.ok && observation.network.value === 'offline') return 'unknown';
  const good = memory.lastConfirmedGoodAt ?? null;
  return {
    severity: 'high',
    summary: 'The registration is complete, and there are no sign-in tokens.',
    evidence: { lastConfirmedGoodAt: isoOrNull(good), method: facts.method },
    key: 'missing',
    confirmAfterActive: refreshAllowance,
  };
}
