/** The extensions that Company Portal contains. */
export const companyPortalExtensions = {
  sso: 'com.microsoft.CompanyPortalMac.ssoextension',
  autoFill: 'com.microsoft.CompanyPortalMac.Mac-Autofill-Extension',
} as const;
