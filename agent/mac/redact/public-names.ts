/**
 * Names that are the same on every Mac and so identify no user. A name that is not in these lists, nor in
 * those of a source's own file, is replaced.
 */

/** Endpoints of Microsoft's identity platform, and what is printed of them; with the sovereign clouds. */
export const publicDomains: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.microsoft.com',
  'login.windows.net',
  'sts.windows.net',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
  'login.microsoftonline.us',
  'login-us.microsoftonline.com',
  'login.usgovcloudapi.net',
  'device.login.microsoftonline.com',
  'enterpriseregistration.windows.net',
  'graph.microsoft.com',
  'aadcdn.msauth.net',
  'kerberos.microsoftonline.com',
  'kerberos.microsoftonline.us',
  'learn.microsoft.com',
  'support.apple.com',
  'developer.apple.com',
  'github.com',
]);

/**
 * Microsoft's own applications, and the organisational unit below which Entra issues every device
 * certificate.
 */
export const publicGuids: ReadonlySet<string> = new Set([
  '29d9ed98-a469-4536-ade2-f981bc1d605e',
  '82dbaca4-3e81-46ca-9c73-0950c1eaca97',
]);

/** Extensions that come with an identity provider's product. */
export const publicBundles: ReadonlySet<string> = new Set([
  'com.microsoft.CompanyPortalMac.ssoextension',
  'com.microsoft.CompanyPortal.ssoextension',
  'com.microsoft.CompanyPortalMac',
  'com.okta.mobile.auth-service-extension',
  'com.apple.AppSSOKerberos.KerberosExtension',
]);

/** Microsoft, Okta. */
export const publicTeams: ReadonlySet<string> = new Set(['UBF8T346G9', 'B7F62B65BN', 'apple']);
