import type { Observation } from '../shared/observation.ts';
import { type EpochMs, fromIso, hour } from '../shared/time.ts';
import type { Facts } from './facts.ts';
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

/** A missing profile must be read in two polls in a row: MDM replaces a profile by removing it first. */
function isWithoutProfile(before: Memory, { ssoProfile }: Observation): boolean {
  if (!ssoProfile.ok) return false;
  return ssoProfile.value === null ? before.profileDigest === null : !ssoProfile.value.platformSso;
}

/**
 * The account is newer than the last tokens: the history came with a home folder from another Mac or from an
 * earlier account. Setup Assistant makes the account minutes after the first tokens.
 */
function isOfAnEarlierAccount({ lastConfirmedGoodAt }: Memory, { account }: Observation): boolean {
  if (!account.ok || account.value.createdAt === null || lastConfirmedGoodAt == null) return false;
  return fromIso(account.value.createdAt) - lastConfirmedGoodAt > hour;
}
