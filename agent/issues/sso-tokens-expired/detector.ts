import type { DetectorInput } from '../../detect/detector.ts';
import { hasTokens } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { toIso } from '../../shared/time.ts';
import { tokenRenewal } from '../token-renewal.ts';

export function detectExpiredTokens({ facts, observation }: DetectorInput): Verdict {
  if (facts === null) return 'unknown';
  if (facts.registration !== 'complete') return null;
  // Tokens that are no longer printed are not renewed.
  if (!hasTokens(facts)) return 'unknown';
  if (!facts.expired) return null;
  // macOS can renew no tokens offline.
  if (observation.network.ok && observation.network.value === 'offline') return 'unknown';
  return {
    severity: 'high',
    summary: `The sign-in tokens expired${facts.expiresAt === null ? '' : ` at ${toIso(facts.expiresAt)}`}.`,
    evidence: {
      expiredAt: facts.expiresAt === null ? null : toIso(facts.expiresAt),
      lastConfirmedGoodAt: facts.receivedAt === null ? null : toIso(facts.receivedAt),
      method: facts.method,
    },
    key: 'expired',
    confirmAfterActive: tokenRenewal,
  };
}
