import { identityProviderEntries } from './identity-provider.ts';
import { macEntries } from './mac.ts';
import { passwordEntries } from './password.ts';
import { registrationEntries } from './registration.ts';
import { entriesSince2025 } from './since-2025.ts';
import type { UndetectedIssue } from './undetected-issue.ts';

/** The known issues without a detector. The catalogue has them after the detected ones. */
export const undetectedIssues: readonly UndetectedIssue[] = [
  ...registrationEntries,
  ...passwordEntries,
  ...identityProviderEntries,
  ...macEntries,
  ...entriesSince2025,
];
