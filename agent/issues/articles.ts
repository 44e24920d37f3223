import { adBoundOrHybridUnsupported } from './ad-bound-or-hybrid-unsupported/article.ts';
import type { ArticleSource } from './article.ts';
import { associatedDomainTlsInspection } from './associated-domain-tls-inspection/article.ts';
import { authGracePeriodExpiringUnregistered } from './auth-grace-period-expiring-unregistered/article.ts';
import { authMethodChangedReregister } from './auth-method-changed-reregister/article.ts';
import { authenticatedGuestModeUnsupported } from './authenticated-guest-mode-unsupported/article.ts';
import { chromeNativeMessagingMissing } from './chrome-native-messaging-missing/article.ts';
import { companyPortalMissing } from './company-portal-missing/article.ts';
import { companyPortalTooOld } from './company-portal-too-old/article.ts';
import { deregisterReregisterMacos13 } from './deregister-reregister-macos13/article.ts';
import { deviceComplianceLostNewDeviceId } from './device-compliance-lost-new-device-id/article.ts';
import { filevaultNewPasswordPreMacos15 } from './filevault-new-password-pre-macos15/article.ts';
import { fullLoginOverdue } from './full-login-overdue/article.ts';
import { hardwareUnsupported } from './hardware-unsupported/article.ts';
import { insufficientJoinPermissionsSilent } from './insufficient-join-permissions-silent/article.ts';
import type { IssueId } from './issues.ts';
import { kerberosSsoSyncsLocalPassword } from './kerberos-sso-syncs-local-password/article.ts';
import { kerberosTgtImportFailed } from './kerberos-tgt-import-failed/article.ts';
import { localPasswordChangedOutsideIdp } from './local-password-changed-outside-idp/article.ts';
import { macosTooOld } from './macos-too-old/article.ts';
import { mdmEnrollmentMissing } from './mdm-enrollment-missing/article.ts';
import { offlineLockoutRequireAuthentication } from './offline-lockout-require-authentication/article.ts';
import { oktaOneAccountPerDevice } from './okta-one-account-per-device/article.ts';
import { passcodePolicyComplexityMismatch } from './passcode-policy-complexity-mismatch/article.ts';
import { passkeyProviderDisabled } from './passkey-provider-disabled/article.ts';
import { passwordChangePromptPending } from './password-change-prompt-pending/article.ts';
import { passwordChangeWindowOverdue } from './password-change-window-overdue/article.ts';
import { perUserMfaBlocksPasswordSync } from './per-user-mfa-blocks-password-sync/article.ts';
import { pssoNotRegistered } from './psso-not-registered/article.ts';
import { pssoOptoutProfileNotRemoved } from './psso-optout-profile-not-removed/article.ts';
import { registrationEndpointTlsInspection } from './registration-endpoint-tls-inspection/article.ts';
import { registrationFailedNoRetry } from './registration-failed-no-retry/article.ts';
import { registrationLongRunningMacos13 } from './registration-long-running-macos13/article.ts';
import { registrationLongRunningMacos14 } from './registration-long-running-macos14/article.ts';
import { registrationNeedsRepair } from './registration-needs-repair/article.ts';
import { registrationPromptClosed } from './registration-prompt-closed/article.ts';
import { registrationTokenWrong } from './registration-token-wrong/article.ts';
import { screenUnlockModeConflict } from './screen-unlock-mode-conflict/article.ts';
import { seBiometricPolicyNoTouchid } from './se-biometric-policy-no-touchid/article.ts';
import { sipAmfiInvalidTeamId } from './sip-amfi-invalid-team-id/article.ts';
import { smartcardNotPaired } from './smartcard-not-paired/article.ts';
import { ssoExtensionNotRegisteredWithPluginkit } from './sso-extension-not-registered-with-pluginkit/article.ts';
import { ssoPayloadConflict10002 } from './sso-payload-conflict-10002/article.ts';
import { ssoPayloadMisconfigured10001 } from './sso-payload-misconfigured-10001/article.ts';
import { ssoProfileMissing } from './sso-profile-missing/article.ts';
import { ssoTokenRefreshOverdue } from './sso-token-refresh-overdue/article.ts';
import { ssoTokensExpired } from './sso-tokens-expired/article.ts';
import { ssoTokensMissing } from './sso-tokens-missing/article.ts';
import { thirdPartyPasswordSyncConflict } from './third-party-password-sync-conflict/article.ts';
import { tokenBindingOwed } from './token-binding-owed/article.ts';
import { touchIdRequiredNoFallback } from './touch-id-required-no-fallback/article.ts';
import { userAuthenticationRequired } from './user-authentication-required/article.ts';
import { wpjKeyNotRemovedAfterMigration } from './wpj-key-not-removed-after-migration/article.ts';

/** What an admin reads about each issue. Only commands load it: the texts would cost every Mac memory. */
export const articles: Readonly<Record<IssueId, ArticleSource>> = {
  'password-change-prompt-pending': passwordChangePromptPending,
  'password-change-window-overdue': passwordChangeWindowOverdue,
  'registration-needs-repair': registrationNeedsRepair,
  'deregister-reregister-macos13': deregisterReregisterMacos13,
  'wpj-key-not-removed-after-migration': wpjKeyNotRemovedAfterMigration,
  'passcode-policy-complexity-mismatch': passcodePolicyComplexityMismatch,
  'registration-long-running-macos14': registrationLongRunningMacos14,
  'registration-long-running-macos13': registrationLongRunningMacos13,
  'registration-prompt-closed': registrationPromptClosed,
  'insufficient-join-permissions-silent': insufficientJoinPermissionsSilent,
  'per-user-mfa-blocks-password-sync': perUserMfaBlocksPasswordSync,
  'psso-not-registered': pssoNotRegistered,
  'sso-tokens-expired': ssoTokensExpired,
  'sso-tokens-missing': ssoTokensMissing,
  'registration-token-wrong': registrationTokenWrong,
  'sso-payload-misconfigured-10001': ssoPayloadMisconfigured10001,
  'sso-payload-conflict-10002': ssoPayloadConflict10002,
  'company-portal-missing': companyPortalMissing,
  'company-portal-too-old': companyPortalTooOld,
  'mdm-enrollment-missing': mdmEnrollmentMissing,
  'sso-profile-missing': ssoProfileMissing,
  'auth-method-changed-reregister': authMethodChangedReregister,
  'sso-token-refresh-overdue': ssoTokenRefreshOverdue,
  'offline-lockout-require-authentication': offlineLockoutRequireAuthentication,
  'auth-grace-period-expiring-unregistered': authGracePeriodExpiringUnregistered,
  'touch-id-required-no-fallback': touchIdRequiredNoFallback,
  'token-binding-owed': tokenBindingOwed,
  'user-authentication-required': userAuthenticationRequired,
  'kerberos-tgt-import-failed': kerberosTgtImportFailed,
  'local-password-changed-outside-idp': localPasswordChangedOutsideIdp,
  'device-compliance-lost-new-device-id': deviceComplianceLostNewDeviceId,
  'full-login-overdue': fullLoginOverdue,
  'registration-failed-no-retry': registrationFailedNoRetry,
  'psso-optout-profile-not-removed': pssoOptoutProfileNotRemoved,
  'macos-too-old': macosTooOld,
  'screen-unlock-mode-conflict': screenUnlockModeConflict,
  'chrome-native-messaging-missing': chromeNativeMessagingMissing,
  'sso-extension-not-registered-with-pluginkit': ssoExtensionNotRegisteredWithPluginkit,
  'passkey-provider-disabled': passkeyProviderDisabled,
  'kerberos-sso-syncs-local-password': kerberosSsoSyncsLocalPassword,
  'third-party-password-sync-conflict': thirdPartyPasswordSyncConflict,
  'ad-bound-or-hybrid-unsupported': adBoundOrHybridUnsupported,
  'filevault-new-password-pre-macos15': filevaultNewPasswordPreMacos15,
  'sip-amfi-invalid-team-id': sipAmfiInvalidTeamId,
  'se-biometric-policy-no-touchid': seBiometricPolicyNoTouchid,
  'smartcard-not-paired': smartcardNotPaired,
  'authenticated-guest-mode-unsupported': authenticatedGuestModeUnsupported,
  'okta-one-account-per-device': oktaOneAccountPerDevice,
  'hardware-unsupported': hardwareUnsupported,
  'associated-domain-tls-inspection': associatedDomainTlsInspection,
  'registration-endpoint-tls-inspection': registrationEndpointTlsInspection,
};
