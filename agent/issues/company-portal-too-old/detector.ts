import type { DetectorInput } from '../../detect/detector.ts';
import type { Verdict } from '../../detect/issue-lifecycle.ts';
import { isBelowVersion } from '../../shared/is-below-version.ts';
import type { SsoProfile } from '../../shared/observation.ts';
import { isExemptAccount, usesMicrosoftExtension } from '../microsoft-extension.ts';

interface Requirement {
  readonly version: string;
  readonly for: string;
  /** Whether Platform SSO itself needs it. Without it, one feature does not work. */
  readonly always: boolean;
}

/** Versions: Microsoft's pages in article.ts. The highest one is last. */
function requirementsOf(profile: SsoProfile | null, registered: boolean): Requirement[] {
  const platformSso = { version: '5.2404', for: 'Platform SSO', always: true };
  const biometrics = {
    version: '5.2504',
    always: false,
    for: 'the biometric policy of the Secure Enclave key (enable_se_key_biometric_policy)',
  };
  const setup = {
    version: '5.2604',
    always: false,
    for: 'a registration during setup (EnableRegistrationDuringSetup)',
  };
  return [
    platformSso,
    ...(profile?.biometricPolicy === true ? [biometrics] : []),
    // A Mac that is registered is past its setup.
    ...(profile?.registrationDuringSetup === true && !registered ? [setup] : []),
  ];
}

export function detectOldCompanyPortal(input: DetectorInput): Verdict {
  const microsoft = usesMicrosoftExtension(input);
  if (microsoft === false || isExemptAccount(input)) return null;
  const { companyPortal, ssoProfile } = input.observation;
  if (microsoft === 'unknown' || !companyPortal.ok) return 'unknown';
  // Without Company Portal, company-portal-missing says so.
  if (companyPortal.value === null) return null;
  const version = companyPortal.value;
  const registered = input.facts?.registration === 'complete';
  const requirements = requirementsOf(ssoProfile.ok ? ssoProfile.value : null, registered);
  const unmet = requirements.filter((one) => isBelowVersion(version, one.version));
  const needed = unmet.at(-1);
  // The keys that require a newer version could not be read.
  if (needed === undefined) return ssoProfile.ok ? null : 'unknown';
  return {
    severity: unmet.some(({ always }) => always) ? 'high' : 'medium',
    summary: `Company Portal ${version} is too old: ${unmet.map((one) => `${one.for} needs ${one.version} or later`).join(', ')}.`,
    evidence: {
      companyPortal: version,
      neededVersion: needed.version,
    },
    key: `${version} ${needed.version}`,
  };
}
