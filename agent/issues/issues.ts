// issues/: the known issues and possible causes, one folder each: facts, detector, notification policy, the
// admin's article. This file is their list.

import type { Detector } from '../detect/detector.ts';
import { adBoundOrHybridUnsupported } from './ad-bound-or-hybrid-unsupported/issue.ts';
import { associatedDomainTlsInspection } from './associated-domain-tls-inspection/issue.ts';
import { authGracePeriodExpiringUnregistered } from './auth-grace-period-expiring-unregistered/issue.ts';
import { authMethodChangedReregister } from './auth-method-changed-reregister/issue.ts';
import { authenticatedGuestModeUnsupported } from './authenticated-guest-mode-unsupported/issue.ts';
import { chromeNativeMessagingMissing } from './chrome-native-messaging-missing/issue.ts';
import { companyPortalMissing } from './company-portal-missing/issue.ts';
import { companyPortalTooOld } from './company-portal-too-old/issue.ts';
import { deregisterReregisterMacos13 } from './deregister-reregister-macos13/issue.ts';
import { deviceComplianceLostNewDeviceId } from './device-compliance-lost-new-device-id/issue.ts';
import { neverNotified } from './fact-values.ts';
import { filevaultNewPasswordPreMacos15 } from './filevault-new-password-pre-macos15/issue.ts';
import { fullLoginOverdue } from './full-login-overdue/issue.ts';
import { hardwareUnsupported } from './hardware-unsupported/issue.ts';
import { insufficientJoinPermissionsSilent } from './insufficient-join-permissions-silent/issue.ts';
import type { Cadence, Issue } from './issue.ts';
import { kerberosSsoSyncsLocalPassword } from './kerberos-sso-syncs-local-password/issue.ts';
import { kerberosTgtImportFailed } from './kerberos-tgt-import-failed/issue.ts';
import { localPasswordChangedOutsideIdp } from './local-password-changed-outside-idp/issue.ts';
import { macosTooOld } from './macos-too-old/issue.ts';
import { mdmEnrollmentMissing } from './mdm-enrollment-missing/issue.ts';
import { offlineLockoutRequireAuthentication } from './offline-lockout-require-authentication/issue.ts';
import { oktaOneAccountPerDevice } from './okta-one-account-per-device/issue.ts';
import { isOwnId, noOrganisation, type Organisation } from './organisation.ts';
import { passcodePolicyComplexityMismatch } from './passcode-policy-complexity-mismatch/issue.ts';
import { passkeyProviderDisabled } from './passkey-provider-disabled/issue.ts';
import { passwordChangePromptPending } from './password-change-prompt-pending/issue.ts';
import { passwordChangeWindowOverdue } from './password-change-window-overdue/issue.ts';
import { perUserMfaBlocksPasswordSync } from './per-user-mfa-blocks-password-sync/issue.ts';
import { pssoNotRegistered } from './psso-not-registered/issue.ts';
import { pssoOptoutProfileNotRemoved } from './psso-optout-profile-not-removed/issue.ts';
import { registrationEndpointTlsInspection } from './registration-endpoint-tls-inspection/issue.ts';
import { registrationFailedNoRetry } from './registration-failed-no-retry/issue.ts';
import { registrationLongRunningMacos13 } from './registration-long-running-macos13/issue.ts';
import { registrationLongRunningMacos14 } from './registration-long-running-macos14/issue.ts';
import { registrationNeedsRepair } from './registration-needs-repair/issue.ts';
import { registrationPromptClosed } from './registration-prompt-closed/issue.ts';
import { registrationTokenWrong } from './registration-token-wrong/issue.ts';
import { screenUnlockModeConflict } from './screen-unlock-mode-conflict/issue.ts';
import { seBiometricPolicyNoTouchid } from './se-biometric-policy-no-touchid/issue.ts';
import { sipAmfiInvalidTeamId } from './sip-amfi-invalid-team-id/issue.ts';
import { smartcardNotPaired } from './smartcard-not-paired/issue.ts';
import { ssoExtensionNotRegisteredWithPluginkit } from './sso-extension-not-registered-with-pluginkit/issue.ts';
import { ssoPayloadConflict10002 } from './sso-payload-conflict-10002/issue.ts';
import { ssoPayloadMisconfigured10001 } from './sso-payload-misconfigured-10001/issue.ts';
import { ssoProfileMissing } from './sso-profile-missing/issue.ts';
import { ssoTokenRefreshOverdue } from './sso-token-refresh-overdue/issue.ts';
import { ssoTokensExpired } from './sso-tokens-expired/issue.ts';
import { ssoTokensMissing } from './sso-tokens-missing/issue.ts';
import { thirdPartyPasswordSyncConflict } from './third-party-password-sync-conflict/issue.ts';
import { tokenBindingOwed } from './token-binding-owed/issue.ts';
import { touchIdRequiredNoFallback } from './touch-id-required-no-fallback/issue.ts';
import { userAuthenticationRequired } from './user-authentication-required/issue.ts';
import { wpjKeyNotRemovedAfterMigration } from './wpj-key-not-removed-after-migration/issue.ts';

/**
 * Every known issue, in the order of the catalogue. The agent loads this list and no article. A new issue is
 * a folder, a line here, its article in articles.ts, and its texts in texts/.
 */
const list = [
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
  registrationTokenWrong,
  ssoPayloadMisconfigured10001,
  ssoPayloadConflict10002,
  companyPortalMissing,
  companyPortalTooOld,
  mdmEnrollmentMissing,
  ssoProfileMissing,
  authMethodChangedReregister,
  ssoTokenRefreshOverdue,
  offlineLockoutRequireAuthentication,
  authGracePeriodExpiringUnregistered,
  touchIdRequiredNoFallback,
  tokenBindingOwed,
  userAuthenticationRequired,
  kerberosTgtImportFailed,
  localPasswordChangedOutsideIdp,
  deviceComplianceLostNewDeviceId,
  fullLoginOverdue,
  registrationFailedNoRetry,
  pssoOptoutProfileNotRemoved,
  macosTooOld,
  screenUnlockModeConflict,
  chromeNativeMessagingMissing,
  ssoExtensionNotRegisteredWithPluginkit,
  passkeyProviderDisabled,
  kerberosSsoSyncsLocalPassword,
  thirdPartyPasswordSyncConflict,
  adBoundOrHybridUnsupported,
  filevaultNewPasswordPreMacos15,
  sipAmfiInvalidTeamId,
  seBiometricPolicyNoTouchid,
  smartcardNotPaired,
  authenticatedGuestModeUnsupported,
  oktaOneAccountPerDevice,
  hardwareUnsupported,
  associatedDomainTlsInspection,
  registrationEndpointTlsInspection,
] as const satisfies readonly Issue[];

type ListedIssue = (typeof list)[number];
export type IssueId = ListedIssue['id'];
/** An issue with notifications, and so with texts in every language. */
export type NotifiableIssue = Exclude<
  Extract<ListedIssue, { readonly detect: unknown }>,
  { readonly audience: 'admin' }
>['id'];

export const issues: readonly (Issue & { readonly id: IssueId })[] = list;

export const issueIds: readonly IssueId[] = list.map(({ id }) => id);

const byId: ReadonlyMap<string, Issue> = new Map(list.map((issue) => [issue.id, issue]));

/** Ids from a database, a scenario or a profile stay strings: another version may have written them. */
export function isIssueId(id: string): id is IssueId {
  return byId.has(id);
}

/** Null: neither the catalogue nor the organisation has such an id. */
export function issueOf(id: string, { own }: Pick<Organisation, 'own'> = noOrganisation): Issue | null {
  return byId.get(id) ?? own.find((issue) => issue.id === id) ?? null;
}

export function isNotifiable(id: string): id is NotifiableIssue {
  const issue = issueOf(id);
  return issue?.detect !== undefined && issue.audience !== 'admin';
}

/** An id that the catalogue does not have, such as one of another version, is never notified. */
export function cadenceOf(id: string, organisation: Organisation = noOrganisation): Cadence {
  return issueOf(id, organisation)?.cadence ?? neverNotified;
}

/** Whether the issue exists only with the sign-in method password. */
export function isOfPasswordOnly(id: string): boolean {
  return issueOf(id)?.methods.every((method) => method === 'password') ?? false;
}

/**
 * Whether sign-in fails, or may fail, while the issue is open. Of an unknown id: it may. Of an own issue
 * whose rule this Mac does not have: no, as is the default of a rule.
 */
export function breaksSignIn(id: string, organisation: Organisation = noOrganisation): boolean {
  return issueOf(id, organisation)?.breaksSignIn ?? !isOwnId(id);
}

/** Sign-in works while it is open, and only the admin can act on it: it does not decide the headline. */
export function isAlsoNoticed(id: string, organisation: Organisation = noOrganisation): boolean {
  const issue = issueOf(id, organisation);
  const forAdmin = issue === null ? isOwnId(id) : issue.audience === 'admin';
  return !breaksSignIn(id, organisation) && forAdmin;
}

/** Every issue that the agent detects. The others are possible causes. */
export const detectors: readonly Detector[] = list.flatMap((issue: Issue): Detector[] => {
  const { detect } = issue;
  return detect === undefined ? [] : [{ ...issue, detect }];
});

/**
 * The detectors with the severities that the organisation set, then its own issues. `full` false: the poll
 * does not read every source, so no rule runs, and what is open stays open.
 */
export function detectorsOf({ changes, own }: Organisation, full: boolean): readonly Detector[] {
  const changed = Object.keys(changes).length === 0 ? detectors : detectors.map(withSeverity(changes));
  if (own.length === 0) return changed;
  const rules = own.flatMap((issue): Detector[] => {
    const { detect } = issue;
    return detect === undefined ? [] : [{ ...issue, detect: full ? detect : () => 'unknown' }];
  });
  return [...changed, ...rules];
}

function withSeverity(changes: Organisation['changes']): (detector: Detector) => Detector {
  return (detector) => {
    const setSeverity = changes[detector.id]?.severity ?? null;
    return setSeverity === null ? detector : { ...detector, setSeverity };
  };
}
