import type { MacSnapshot } from '../capture/mac-snapshot.ts';
import { plainVersion } from '../mac/redact/plain-version.ts';
import { effectivePasswordPolicy } from '../shared/effective-password-policy.ts';
import { knownValue } from '../shared/reading.ts';
import { version } from '../shared/version.ts';
import { type StateKey, stateByKey } from '../store/state-keys.ts';
import type { StoreReader } from '../store/store.ts';
import { providerNow } from './provider.ts';

/** Versions by display name. */
export type Versions = Readonly<Record<string, string>>;

export function versionsOf({ observation }: Pick<MacSnapshot, 'observation'>): Versions {
  const { macos, companyPortal, appSso, passwordPolicy } = observation;
  const effective = effectivePasswordPolicy(observation);
  const isInstalled = companyPortal.ok && companyPortal.value !== null;
  const portal = isInstalled ? digits(companyPortal.value) : companyPortal.ok ? 'not installed' : 'unknown';
  return {
    'PSSO Monitor': version,
    macOS: digits(knownValue(macos)),
    // Without Company Portal it is of no interest to another identity provider.
    ...(isInstalled || (providerNow(observation) ?? 'entra') === 'entra' ? { 'Company Portal': portal } : {}),
    Node: process.versions.node,
    Architecture: process.arch,
    'Sign-in method': appSso.ok ? appSso.value.method : `unknown (${appSso.reason})`,
    'Platform SSO': appSso.ok ? appSso.value.status : `unknown (${appSso.reason})`,
    'Password rules': passwordPolicy.ok
      ? rules(effective?.stricterThanIdp ?? null)
      : `unknown (${passwordPolicy.reason})`,
  };
}

/** The same as far as the history of another Mac has it. */
export function recordedVersions(reader: StoreReader): Versions {
  const state = stateByKey(reader.state());
  const value = (key: StateKey) => state.get(key)?.value || 'unknown';
  const agent = reader.events({ last: 1 }).at(-1)?.agent_version;
  return {
    'PSSO Monitor': agent ?? 'unknown',
    macOS: value('macos'),
    'Company Portal': value('company-portal'),
    'Sign-in method': value('method'),
    'Platform SSO': value('app-sso'),
  };
}

function digits(version: string | null): string {
  return plainVersion(version) ?? 'unknown';
}

function rules(stricter: boolean | null): string {
  if (stricter === null) return "can't be compared with the identity provider's";
  return stricter ? "stricter than the identity provider's" : "not stricter than the identity provider's";
}
