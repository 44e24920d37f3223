import { minute, toIso } from '../../shared/time.ts';
import { hasTokens } from '../facts.ts';
import type { Detector } from './detector.ts';

/** After two weeks away macOS renews expired tokens by itself at the first unlock: it gets this long in use. */
const renewal = 5 * minute;

export const ssoTokensExpired: Detector = {
  issue: 'sso-tokens-expired',
  detect: ({ facts, observation }) => {
    if (facts === null) return 'unknown';
    if (facts.registration !== 'complete') return null;
    // Tokens that are not shown any more have not been renewed.
    if (!hasTokens(facts)) return 'unknown';
    if (!facts.expired) return null;
    // Nothing can be renewed offline.
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
      confirmAfterActive: renewal,
    };
  },
};

export const ssoTokensMissing: Detector = {
  issue: 'sso-tokens-missing',
  detect: ({ facts, observation, memory }) => {
    if (facts === null) return 'unknown';
    if (facts.registration !== 'complete' || hasTokens(facts)) return null;
    if (facts.tokensUnreadable === true) return 'unknown';
    // Expired first and gone then is one story, and it is told already.
    if (memory.sightings[ssoTokensExpired.issue]?.openedAt != null) return null;
    if (observation.network.ok && observation.network.value === 'offline') return 'unknown';
    const good = memory.lastConfirmedGoodAt ?? null;
    return {
      severity: 'high',
      summary: 'The registration is complete, and there are no sign-in tokens.',
      evidence: { lastConfirmedGoodAt: good === null ? null : toIso(good), method: facts.method },
      key: 'missing',
      confirmAfterActive: renewal,
    };
  },
};
