import type { DetectorInput } from '../detect/detector.ts';
import type { Verdict } from '../detect/issue-lifecycle.ts';
import { detectMissingCompanyPortal } from './company-portal-missing/detector.ts';
import { detectOldCompanyPortal } from './company-portal-too-old/detector.ts';
import { detectMissingEnrollment } from './mdm-enrollment-missing/detector.ts';
import { detectMissingProfile } from './sso-profile-missing/detector.ts';

const preconditions: readonly (readonly [issue: string, detect: (input: DetectorInput) => Verdict])[] = [
  ['mdm-enrollment-missing', detectMissingEnrollment],
  ['sso-profile-missing', detectMissingProfile],
  ['company-portal-missing', detectMissingCompanyPortal],
  ['company-portal-too-old', detectOldCompanyPortal],
];

/** Other issues that stop a registration, the most fitting first. */
const stopping: readonly string[] = [
  'sso-extension-not-registered-with-pluginkit',
  'sip-amfi-invalid-team-id',
  'hardware-unsupported',
  'smartcard-not-paired',
];

/** Those of these issues that the previous poll found, and that are open or wait for a confirmation. */
export function sightedOf(issues: readonly string[], { memory }: DetectorInput): string[] {
  return issues.filter((issue) => memory.sightings[issue] !== undefined);
}

/** The issues of a missing precondition of a registration, each found in two polls in a row. */
export function missingPreconditions(input: DetectorInput): string[] {
  const missing = preconditions.flatMap(([issue, detect]) => {
    const found = input.memory.sightings[issue] === undefined ? null : detect(input);
    return found === null || found === 'unknown' ? [] : [issue];
  });
  return [...missing, ...sightedOf(stopping, input)];
}
