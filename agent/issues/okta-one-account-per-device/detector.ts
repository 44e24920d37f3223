import type { DetectorInput } from '../../detect/detector.ts';
import { isConfigured } from '../../detect/facts.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { isBelowVersion } from '../../shared/is-below-version.ts';

/** Okta: versions of Platform SSO. */
const neededOnMacos26 = '9.52';

export function detectOldOktaVerify({ facts, observation, macosMajor }: DetectorInput): Verdict {
  const { oktaVerify, ssoProfile } = observation;
  if (facts === null || !oktaVerify.ok || macosMajor === null) return 'unknown';
  if (!isConfigured(facts) && !(ssoProfile.ok && ssoProfile.value?.platformSso === true)) return null;
  const version = oktaVerify.value;
  if (macosMajor < 26 || version === null || !isBelowVersion(version, neededOnMacos26)) return null;
  return {
    severity: 'low',
    summary: `Okta Verify ${version} is too old: macOS ${macosMajor} needs ${neededOnMacos26} or later.`,
    evidence: { oktaVerify: version, neededVersion: neededOnMacos26, macos: String(macosMajor) },
    key: version,
  };
}
