import type { DetectorInput } from '../../detect/detector.ts';
import { hasTokens } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { toIso } from '../../shared/time.ts';
import { tokenRenewal } from '../token-renewal.ts';

export function detectExpiredTokens({ facts, observation }: DetectorInput): Verdict {
  if (facts === null) return 'unknown';
  if (facts.registration !== 'complete') return null;
  // Tokens that are no longer printed are not renewed.
  const { tokens } = facts;
  if (tokens === null || !hasTokens(facts)) return 'unknown';
  if (!tokens.expired) return null;
  // macOS can renew no tokens offline.
  if (observation.network.ok && observation.network.value === 'offline') return 'unknown';
  const { expiresAt, receivedAt } = tokens;
  return {
    severity: 'high',
    summary: `The sign-in tokens expired${expiresAt === null ? '' : ` at ${toIso(expiresAt)}`}.`,
    evidence: {
      expiredAt: expiresAt === null ? null : toIso(expiresAt),
      lastConfirmedGoodAt: receivedAt === null ? null : toIso(receivedAt),
      method: facts.method,
    },
    key: 'expired',
    confirmAfterActive: tokenRenewal,
  };
}
