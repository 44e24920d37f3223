import type { DetectorInput } from '../../detect/detector.ts';
import { hasTokens } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import { refreshAllowance } from '../refresh-allowance.ts';

export function detectExpiredTokens({ facts, observation, now }: DetectorInput): Verdict {
  if (facts === null) return 'unknown';
  if (facts.registration !== 'complete') return null;
  // Tokens that are no longer printed are not refreshed.
  const { tokens } = facts;
  if (tokens === null || !hasTokens(facts)) return 'unknown';
  if (!tokens.expired) return null;
  // macOS can refresh no tokens offline.
  if (observation.network.ok && observation.network.value === 'offline') return 'unknown';
  const { expiresAt, receivedAt } = tokens;
  // On a clock that was set back, the printed end is in the future.
  const when = expiresAt === null || expiresAt > now ? '' : ` at ${toIso(expiresAt)}`;
  return {
    severity: 'high',
    summary: `The sign-in tokens expired${when}.`,
    evidence: {
      expiredAt: isoOrNull(expiresAt),
      lastConfirmedGoodAt: isoOrNull(receivedAt),
      method: facts.method,
    },
    key: 'expired',
    confirmAfterActive: refreshAllowance,
  };
}
