import type { DetectorInput } from '../detect/detector.ts';
import { effectivePasswordPolicy } from '../shared/effective-password-policy.ts';
import { identityProviderOf } from '../shared/identity-provider.ts';
import { isBelowVersion } from '../shared/is-below-version.ts';
import { macosMajor } from '../shared/macos-major.ts';
import type { Hosts } from '../shared/observation.ts';
import { day, instantOrNull } from '../shared/time.ts';
import type { ChangeBefore } from './changes-since-last-good.ts';

// What the rules in cause-rules.ts compare with the readings and the memory.

/** Without a named extension, Company Portal may be the one in use. */
export function isOfMicrosoft({ observation: { appSso, ssoProfile } }: DetectorInput): boolean {
  const printed = appSso.ok ? appSso.value.extensionIdentifier : null;
  const named = printed ?? (ssoProfile.ok ? (ssoProfile.value?.extensionIdentifier ?? null) : null);
  return named === null || named.startsWith('com.microsoft.');
}

/** pluginkit keeps the old version until a restart, since macOS 15.3 (Microsoft's page of the plug-in). */
export function isRestartedSince({ at }: ChangeBefore, input: DetectorInput): boolean {
  const { power } = input.observation;
  const bootedAt = power.ok ? instantOrNull(power.value.bootedAt) : null;
  return bootedAt === null || bootedAt >= at || isBelowVersion(macosOf(input) ?? '0', '15.3');
}

export function inspectedIn({ observation: { hosts } }: DetectorInput, kind: keyof Hosts): string[] {
  return hosts.ok ? (hosts.value[kind] ?? []) : [];
}

export function hasBiometricPolicy({ observation: { ssoProfile } }: DetectorInput): boolean {
  return ssoProfile.ok && ssoProfile.value?.biometricPolicy === true;
}

export function isOfOkta({ memory }: DetectorInput): boolean {
  return identityProviderOf(memory.extensionIdentifier ?? null) === 'okta';
}

export function hasSharedKeys({ observation: { appSso, ssoProfile } }: DetectorInput): boolean {
  const ofDevice = appSso.ok ? (appSso.value.device?.sharedDeviceKeys ?? null) : null;
  return ofDevice ?? (ssoProfile.ok && ssoProfile.value?.sharedDeviceKeys === true);
}

export function macosOf({ memory, observation: { macos } }: DetectorInput): string | null {
  return macos.ok ? macos.value : memory.macos;
}

export function hasStricterRules({ observation }: DetectorInput): boolean {
  return effectivePasswordPolicy(observation)?.stricterThanIdp === true;
}

export function lengthText({ observation }: DetectorInput): string {
  const policy = effectivePasswordPolicy(observation);
  const isLength = policy?.stricter.includes('minLength') === true;
  return isLength && policy.minLength !== null ? ` (at least ${policy.minLength} characters)` : '';
}

/** Microsoft: fixed in macOS 15.3 (known-issues of the troubleshooting article). */
export function isDamagingSequoia(macos: string | null): boolean {
  return macos !== null && macosMajor(macos) === 15 && isBelowVersion(macos, '15.3');
}

/** Microsoft: on macOS 26 the tokens of a registration in Setup Assistant can be missing until a restart. */
export function isNewAccountWithoutRestart(input: DetectorInput): boolean {
  const { facts, now, macosMajor } = input;
  const { account, power } = input.observation;
  const createdAt = account.ok ? instantOrNull(account.value.createdAt) : null;
  const bootedAt = power.ok ? instantOrNull(power.value.bootedAt) : null;
  if (createdAt === null || bootedAt === null || facts?.method !== 'password') return false;
  const isNew = now >= createdAt && now - createdAt <= day;
  return isNew && bootedAt <= createdAt && (macosMajor ?? 0) >= 26 && isOfMicrosoft(input);
}
