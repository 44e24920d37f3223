import type { DetectorInput } from '../detect/detector.ts';
import { type Facts, isConfigured } from '../detect/facts.ts';
import type { AppSso } from '../shared/observation.ts';
import { type PolicyPlace, policiesIn, policyPlaces, type SignInPolicy } from '../shared/sign-in-policy.ts';

/** The device and its policies, of an account that Platform SSO concerns. */
interface InForce {
  readonly device: NonNullable<AppSso['device']>;
  readonly facts: Exclude<Facts, { registration: 'notConfigured' }>;
  readonly places: Readonly<Record<PolicyPlace, readonly SignInPolicy[]>>;
}

/** Null: Platform SSO is not configured, or exempts the account. */
export function policiesInForce({ facts, observation }: DetectorInput): InForce | 'unknown' | null {
  if (facts === null || !observation.appSso.ok) return 'unknown';
  if (!isConfigured(facts) || facts.device.exempt) return null;
  const { device } = observation.appSso.value;
  if (device === null) return 'unknown';
  return {
    device,
    facts,
    places: {
      fileVault: policiesIn(device.fileVaultPolicy) ?? [],
      login: policiesIn(device.loginPolicy) ?? [],
      unlock: policiesIn(device.unlockPolicy) ?? [],
    },
  };
}

const placeNames: Readonly<Record<PolicyPlace, string>> = {
  fileVault: 'FileVault',
  login: 'the login window',
  unlock: 'the lock screen',
};

/** `FileVault and the lock screen`. */
export function namesOfPlaces(places: readonly PolicyPlace[]): string {
  const names = policyPlaces.filter((place) => places.includes(place)).map((place) => placeNames[place]);
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}

/** Whether a sign-in at these places asks the identity provider. */
export function asksIdentityProvider({ method }: Facts): boolean {
  return method === 'password' || method === 'openId';
}
