import type { EpochMs } from '../shared/time.ts';
import { coreOf } from './core-facts.ts';
import { deregisterReregisterMacos13 } from './entries/deregister-reregister-macos13.ts';
import { insufficientJoinPermissionsSilent } from './entries/insufficient-join-permissions-silent.ts';
import { passcodePolicyComplexityMismatch } from './entries/passcode-policy-complexity-mismatch.ts';
import { passwordChangePromptPending } from './entries/password-change-prompt-pending.ts';
import { passwordChangeWindowOverdue } from './entries/password-change-window-overdue.ts';
import { perUserMfaBlocksPasswordSync } from './entries/per-user-mfa-blocks-password-sync.ts';
import { pssoNotRegistered } from './entries/psso-not-registered.ts';
import { registrationLongRunningMacos13 } from './entries/registration-long-running-macos13.ts';
import { registrationLongRunningMacos14 } from './entries/registration-long-running-macos14.ts';
import { registrationNeedsRepair } from './entries/registration-needs-repair.ts';
import { registrationPromptClosed } from './entries/registration-prompt-closed.ts';
import { ssoTokensExpired } from './entries/sso-tokens-expired.ts';
import { ssoTokensMissing } from './entries/sso-tokens-missing.ts';
import { wpjKeyNotRemovedAfterMigration } from './entries/wpj-key-not-removed-after-migration.ts';
import type { CatalogueDetails, CatalogueEntry } from './schema.ts';
import { type CatalogueProblem, problemsIn } from './validate.ts';

const details: readonly CatalogueDetails[] = [
  passwordChangePromptPending,
  passwordChangeWindowOverdue,
  registrationNeedsRepair,
  deregisterReregisterMacos13,
  wpjKeyNotRemovedAfterMigration,
  passcodePolicyComplexityMismatch,
  registrationLongRunningMacos14,
  registrationLongRunningMacos13,
  registrationPromptClosed,
  insufficientJoinPermissionsSilent,
  perUserMfaBlocksPasswordSync,
  pssoNotRegistered,
  ssoTokensExpired,
  ssoTokensMissing,
];

function entryFrom(detail: CatalogueDetails): CatalogueEntry {
  const facts = coreOf(detail.id);
  if (facts === null) throw new RangeError(`entries/ has "${detail.id}", and core.ts has not`);
  return { ...facts, ...detail };
}

/** Every known issue, with all that an admin may want to read. For commands: `run` loads core.ts alone. */
export const catalogue: readonly CatalogueEntry[] = details.map(entryFrom);

/** Null for an id that the catalogue doesn't know. */
export function entryOf(id: string): CatalogueEntry | null {
  return catalogue.find((entry) => entry.id === id) ?? null;
}

/** The entries that are named to an admin as possible causes of this issue. */
export function possibleCausesOf(id: string): readonly CatalogueEntry[] {
  return catalogue.filter((entry) => entry.possibleCauseOf.includes(id));
}

/** What is wrong with the catalogue as of this day: an entry that is malformed, or due to be read again. */
export function validateCatalogue(now: EpochMs): CatalogueProblem[] {
  return problemsIn(catalogue, now);
}
