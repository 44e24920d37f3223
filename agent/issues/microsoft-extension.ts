import type { DetectorInput } from '../detect/detector.ts';
import { isConfigured } from '../detect/facts.ts';

/**
 * Whether Platform SSO on this Mac is Microsoft's, by the extensions that the profile and `app-sso` name.
 * Names that differ are a change of the provider under way. `unknown`: neither names one, and one of them
 * could not be read. A profile without Platform SSO does not count.
 */
export function usesMicrosoftExtension({ facts, observation }: DetectorInput): boolean | 'unknown' {
  const { appSso, ssoProfile } = observation;
  const profile = ssoProfile.ok && ssoProfile.value?.platformSso === true ? ssoProfile.value : null;
  const configured = facts !== null && isConfigured(facts) && appSso.ok ? appSso.value : null;
  const named = [profile, configured].flatMap((source) => source?.extensionIdentifier ?? []);
  if (named.length > 0) return named.every((identifier) => /^com\.microsoft\./i.test(identifier));
  return facts === null || !ssoProfile.ok ? 'unknown' : false;
}

/** An account that is exempt from Platform SSO needs no Company Portal. */
export function isExemptAccount({ facts }: DetectorInput): boolean {
  return facts !== null && isConfigured(facts) && facts.device.exempt;
}
