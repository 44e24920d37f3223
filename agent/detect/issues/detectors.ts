import type { Detector } from './detector.ts';
import { passwordChangePromptPending, passwordChangeWindowOverdue } from './password.ts';
import { passcodePolicyComplexityMismatch } from './password-policy.ts';
import {
  deregisterReregisterMacos13,
  pssoNotRegistered,
  registrationLongRunningMacos13,
  registrationLongRunningMacos14,
  registrationNeedsRepair,
} from './registration.ts';
import { ssoTokensExpired, ssoTokensMissing } from './tokens.ts';
import { wpjKeyNotRemovedAfterMigration } from './workplace-join.ts';

/** Every issue that can be told from the Mac alone. The other entries of the catalogue are possible causes. */
export const detectors: readonly Detector[] = [
  passwordChangePromptPending,
  passwordChangeWindowOverdue,
  registrationNeedsRepair,
  deregisterReregisterMacos13,
  wpjKeyNotRemovedAfterMigration,
  passcodePolicyComplexityMismatch,
  registrationLongRunningMacos14,
  registrationLongRunningMacos13,
  pssoNotRegistered,
  ssoTokensExpired,
  ssoTokensMissing,
];
