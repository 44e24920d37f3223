/**
 * The hosts of Apple and Microsoft that Platform SSO with Entra ID needs without TLS inspection. Microsoft:
 * troubleshoot Platform SSO on macOS; plan the deployment of devices.
 */
export const signInHosts = [
  'app-site-association.cdn-apple.com',
  'app-site-association.networking.apple',
  'login.microsoftonline.com',
  'login.microsoft.com',
  'sts.windows.net',
  'config.edge.skype.com',
] as const;

export const registrationHosts = [
  'enterpriseregistration.windows.net',
  'certauth.enterpriseregistration.windows.net',
] as const;
