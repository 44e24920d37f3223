import type { Observation } from '../shared/observation.ts';
import { type EpochMs, fromIso, hour, minute } from '../shared/time.ts';
import { type Facts, isConfigured } from './facts.ts';
import type { Memory } from './memory.ts';

/** Whether this Mac was ever registered, and its last complete registration. `facts` are confirmed. */
export function registrationMemory(
  before: Memory,
  facts: Facts | null,
  observation: Observation,
  now: EpochMs,
): Pick<Memory, 'everRegistered' | 'lastRegistration'> {
  const { everRegistered, lastRegistration } = before;
  if (facts === null) return { everRegistered, lastRegistration };
  // Without the profile, Platform SSO is switched off for good: a later registration is a first one again.
  if (facts.registration === 'notConfigured')
    return { everRegistered: everRegistered && !isWithoutProfile(before, observation), lastRegistration };
  if (facts.registration !== 'complete')
    return { everRegistered: everRegistered && !isOfAnEarlierAccount(before, observation), lastRegistration };
  const { configuredAt, deviceId } = facts.device;
  const same = lastRegistration?.configuredAt === configuredAt && lastRegistration.deviceId === deviceId;
  const baseline = before.facts === null && lastRegistration === null;
  return {
    everRegistered: true,
    lastRegistration: same
      ? lastRegistration
      : { configuredAt, deviceId, seenAt: baseline ? Math.min(configuredAt ?? now, now) : now },
  };
}

/** MDM replaces a profile by removing it first. */
export const profileReplacedWithin = 15 * minute;

/** Where Platform SSO was configured without a profile, a missing one proves nothing. */
function isWithoutProfile(
  { profileGoneSince, configuredWithoutProfile }: Memory,
  { ssoProfile, at }: Observation,
): boolean {
  if (!ssoProfile.ok) return false;
  if (ssoProfile.value !== null) return !ssoProfile.value.platformSso;
  if (configuredWithoutProfile === true) return false;
  // Two readings in a row in any case.
  return profileGoneSince != null && fromIso(at) - profileGoneSince >= profileReplacedWithin;
}

/** Whether Platform SSO was ever set up on this Mac. `facts` are confirmed. */
export function configurationMemory(
  before: Memory,
  facts: Facts | null,
  { ssoProfile, at }: Observation,
): Pick<Memory, 'everConfigured' | 'profileSeen' | 'profileGoneSince'> {
  const profile = ssoProfile.ok ? ssoProfile.value : null;
  const profileIsThere = profile?.platformSso === true;
  // A profile without Platform SSO in the place of one with it: an admin switched Platform SSO off.
  if (facts?.registration === 'notConfigured' && profile?.platformSso === false)
    return { everConfigured: false, profileSeen: false, profileGoneSince: null };
  const gone = ssoProfile.ok && profile === null;
  const goneSince = profile === null ? (before.profileGoneSince ?? null) : null;
  const known = before.everConfigured ?? before.lastRegistration !== null;
  const isThere = profileIsThere || (facts !== null && isConfigured(facts));
  return {
    everConfigured: known || isThere,
    profileSeen: before.profileSeen === true || profileIsThere,
    profileGoneSince: gone ? (goneSince ?? fromIso(at)) : goneSince,
  };
}

/**
 * The account is newer than the last tokens: the history came with a home folder from another Mac or from an
 * earlier account. Setup Assistant makes the account minutes after the first tokens.
 */
function isOfAnEarlierAccount({ lastConfirmedGoodAt }: Memory, { account }: Observation): boolean {
  if (!account.ok || account.value.createdAt === null || lastConfirmedGoodAt == null) return false;
  return fromIso(account.value.createdAt) - lastConfirmedGoodAt > hour;
}
