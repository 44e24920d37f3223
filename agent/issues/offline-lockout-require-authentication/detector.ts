import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { policyPlaces } from '../../shared/sign-in-policy.ts';
import { asksIdentityProvider, namesOfPlaces, policiesInForce } from '../policies-in-force.ts';

/** A place that requires the identity provider, and has no time without it. */
export function detectOfflineLockout(input: DetectorInput): Verdict {
  const found = policiesInForce(input);
  if (found === null || found === 'unknown') return found;
  const { device, facts, places } = found;
  if (!asksIdentityProvider(facts)) return null;
  // An account without a registration has an issue of its own: auth-grace-period-expiring-unregistered.
  if (facts.registration !== 'complete') return 'unknown';
  const required = policyPlaces.filter((place) => places[place].includes('RequireAuthentication'));
  const period = device.offlineGracePeriodSeconds;
  const allows = (place: (typeof policyPlaces)[number]) => places[place].includes('AllowOfflineGracePeriod');
  const without = required.filter((place) => !allows(place) || period === 0);
  if (without.length === 0) return required.length > 0 && period === null ? 'unknown' : null;
  const where = namesOfPlaces(without);
  return {
    severity: 'high',
    summary: `RequireAuthentication applies at ${where} without an offline grace period: without a network the user can't sign in there.`,
    evidence: {
      places: without,
      offlineGracePeriodSeconds: period,
      touchIdAllowedForUnlock: places.unlock.includes('AllowTouchIDOrWatchForUnlock'),
      method: facts.method,
    },
    key: [without.join(' '), period].join(' '),
  };
}
