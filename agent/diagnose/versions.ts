import type { MacSnapshot } from '../capture/mac-snapshot.ts';
import { knownValue } from '../shared/reading.ts';
import { version } from '../shared/version.ts';

/** Name → version, for people. */
export type Versions = Readonly<Record<string, string>>;

export function versionsOf({ observation }: Pick<MacSnapshot, 'observation'>): Versions {
  const { macos, companyPortal, appSso, passwordPolicy } = observation;
  const portal = companyPortal.ok ? (companyPortal.value ?? 'not installed') : 'not known';
  return {
    'PSSO Monitor': version,
    macOS: digits(knownValue(macos)),
    'Company Portal': portal === 'not installed' || portal === 'not known' ? portal : digits(portal),
    Node: process.versions.node,
    Architecture: process.arch,
    'Sign-in method': appSso.ok ? appSso.value.method : `not known (${appSso.reason})`,
    'Platform SSO': appSso.ok ? appSso.value.status : `not known (${appSso.reason})`,
    'Password rules': passwordPolicy.ok
      ? rules(passwordPolicy.value.stricterThanIdp)
      : `not known (${passwordPolicy.reason})`,
  };
}

function digits(version: string | null): string {
  return /^\d+(?:\.\d+)*/.exec(version ?? '')?.[0] ?? 'not known';
}

function rules(stricter: boolean | null): string {
  if (stricter === null) return "can't be compared with the identity provider's";
  return stricter ? "stricter than the identity provider's" : "not stricter than the identity provider's";
}
