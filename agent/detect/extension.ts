import { type IdentityProvider, identityProviderOf, providerForTexts } from '../shared/identity-provider.ts';
import type { Observation } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import type { Memory } from './memory.ts';

/**
 * The extension of Platform SSO: that of `app-sso`, else that of the managed profile. Where neither names
 * one, as after a loss, the last known one stays.
 */
export function lastKnownExtension(
  before: Pick<Memory, 'extensionIdentifier'>,
  observation: Observation,
): string | null {
  const profile = knownValue(observation.ssoProfile);
  return (
    knownValue(observation.appSso)?.extensionIdentifier ??
    (profile?.platformSso === true ? profile.extensionIdentifier : null) ??
    before.extensionIdentifier ??
    null
  );
}

/** The identity provider of this Mac; null: unknown. */
export function identityProviderIn({
  extensionIdentifier,
}: Pick<Memory, 'extensionIdentifier'>): IdentityProvider | null {
  return identityProviderOf(extensionIdentifier ?? null);
}

/** The identity provider whose names and issues fit this Mac. */
export function providerOfMac(
  memory: Pick<Memory, 'extensionIdentifier' | 'companyPortal'>,
): IdentityProvider {
  return providerForTexts(identityProviderIn(memory), memory.companyPortal);
}
