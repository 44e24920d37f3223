import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { type PolicyPlace, policyPlaces, type SignInPolicy } from '../../shared/sign-in-policy.ts';
import { namesOfPlaces, policiesInForce } from '../policies-in-force.ts';

/** Earlier versions ignore the policies, so there the profile alone is no evidence. */
const firstMacos = 27;

/** A place that requires Touch ID, and has no other way. */
export function detectRequiredTouchId(input: DetectorInput): Verdict {
  const found = policiesInForce(input);
  if (found === null || found === 'unknown') return found;
  const { ssoProfile } = input.observation;
  const profile = ssoProfile.ok ? (ssoProfile.value?.policies ?? null) : null;
  const inProfile = input.macosMajor !== null && input.macosMajor >= firstMacos ? profile : null;
  const has = (place: PolicyPlace, policy: SignInPolicy) =>
    found.places[place].includes(policy) || inProfile?.[place].includes(policy) === true;
  const places = policyPlaces.filter(
    (place) =>
      (has(place, 'RequireTouchID') || has(place, 'RequireTouchIDOrWatch')) &&
      !has(place, 'AllowOpenIDForTouchIDFallback'),
  );
  if (places.length === 0) return null;
  const orWatch = places.every((place) => !has(place, 'RequireTouchID'));
  return {
    severity: 'medium',
    summary: `Touch ID${orWatch ? ' or the watch' : ''} is required at ${namesOfPlaces(places)} without another way: with a closed lid or without a finger enrolled the user is locked out.`,
    evidence: { places, watchAllowed: orWatch },
    key: [...places, orWatch].join(' '),
  };
}
