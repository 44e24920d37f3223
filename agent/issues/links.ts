/** Pages that several articles name: an address that moves is changed once. */

const entra = 'https://learn.microsoft.com/en-us/entra';
const okta = 'https://help.okta.com/oie/en-us/content/topics/oda/macos-pw-sync';

export const troubleshooting = {
  title: 'Microsoft: troubleshoot Platform SSO on macOS',
  url: `${entra}/identity/devices/troubleshoot-macos-platform-single-sign-on-extension`,
};
export const pluginTroubleshooting = {
  title: 'Microsoft: troubleshoot the SSO extension on Apple devices',
  url: `${entra}/identity/devices/troubleshoot-mac-sso-extension-plugin`,
};
export const ssoPlugin = {
  title: 'Microsoft: the Enterprise SSO plug-in for Apple devices',
  url: `${entra}/identity-platform/apple-sso-plugin`,
};
export const errorCodes = {
  title: 'Microsoft: error codes of Entra ID',
  url: `${entra}/identity-platform/reference-error-codes`,
};
export const platformSso = {
  title: 'Microsoft: Platform SSO for macOS',
  url: `${entra}/identity/devices/macos-psso`,
};
export const sharedMacs = {
  title: 'Microsoft: Platform SSO on a Mac with several users',
  url: `${entra}/identity/devices/device-join-macos-platform-single-sign-on-multi-user-device`,
};
export const passwordPolicies = {
  title: 'Microsoft: password policies and smart lockout',
  url: `${entra}/identity/authentication/concept-sspr-policy`,
};
export const intune = {
  title: 'Microsoft: configure Platform SSO in Intune',
  url: 'https://learn.microsoft.com/en-us/intune/intune-service/configuration/platform-sso-macos',
};
export const duringEnrollment = {
  title: 'Microsoft: Platform SSO during enrollment',
  url: 'https://learn.microsoft.com/en-us/intune/device-configuration/settings-catalog/configure-platform-sso-during-enrollment',
};
export const companyPortalUpdates = {
  title: 'Microsoft documentation: registration after an update (pull request 1991)',
  url: 'https://github.com/MicrosoftDocs/entra-docs/pull/1991',
};
export const applePlatformSso = {
  title: 'Apple: configuring Platform SSO',
  url: 'https://developer.apple.com/documentation/devicemanagement/configuring-platform-single-sign-on',
};
export const appleRegistration = {
  title: 'Apple: registering devices and users',
  url: 'https://developer.apple.com/documentation/authenticationservices/registering-devices-and-users',
};
export const appleAuthentication = {
  title: 'Apple: the authentication process of Platform SSO',
  url: 'https://developer.apple.com/documentation/authenticationservices/authentication-process',
};
export const appleDeployment = {
  title: 'Apple: Platform SSO in the deployment guide',
  url: 'https://support.apple.com/guide/deployment/dep7bbb05313/web',
};
export const applePayload = {
  title: 'Apple: keys of the Extensible SSO payload',
  url: 'https://github.com/apple/device-management/blob/release/mdm/profiles/com.apple.extensiblesso.yaml',
};
export const oktaTroubleshooting = {
  title: 'Okta: troubleshoot password sync on macOS',
  url: `${okta}/troubleshoot-macos-password-sync.htm`,
};
export const oktaVersions = {
  title: 'Okta: versions of Platform SSO',
  url: `${okta}/about-psso-version-history.htm`,
};
export const scripts = {
  title: 'Kendall: scripts for Microsoft Platform SSO',
  url: 'https://github.com/ScottEKendall/Microsoft-Platform-SSO',
};
export const pseudo = {
  title: 'pseudo: forces a registration, and its change log',
  url: 'https://github.com/Macjutsu/pseudo',
};
export const appleTokens = {
  title: 'Apple: Platform SSO, when tokens are refreshed',
  url: 'https://developer.apple.com/documentation/authenticationservices/platform-single-sign-on-sso',
};
export const joinWithCompanyPortal = {
  title: 'Microsoft: join a Mac with Company Portal',
  url: `${entra}/identity/devices/device-join-microsoft-entra-company-portal`,
};
export const kerberos = {
  title: 'Microsoft: Kerberos with Platform SSO',
  url: `${entra}/identity/devices/device-join-macos-platform-single-sign-on-kerberos-configuration`,
};
export const fleetOutputs = {
  title: 'Fleet: measured outputs of app-sso',
  url: 'https://github.com/fleetdm/fleet/tree/main/orbit/pkg/table/app_sso_platform',
};
