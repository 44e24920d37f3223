export const identityProviders = ['entra', 'okta', 'other'] as const;
export type IdentityProvider = (typeof identityProviders)[number];

/** The identity provider of a Platform SSO extension; null: the extension is unknown. */
export function identityProviderOf(extensionIdentifier: string | null): IdentityProvider | null {
  if (extensionIdentifier === null) return null;
  if (extensionIdentifier.startsWith('com.microsoft.')) return 'entra';
  if (extensionIdentifier.startsWith('com.okta.')) return 'okta';
  return 'other';
}

/**
 * The identity provider whose names a text uses. While the extension is unknown, an installed Company Portal
 * (its version) suggests Entra; without one no provider is named. `companyPortal` undefined: never read.
 */
export function providerForTexts(
  known: IdentityProvider | null,
  companyPortal: string | null | undefined,
): IdentityProvider {
  return known ?? (companyPortal == null ? 'other' : 'entra');
}

/**
 * What an identity provider calls its parts, in the admin's English. Sources: learn.microsoft.com
 * (troubleshoot-macos-platform-single-sign-on-extension); help.okta.com (troubleshoot-macos-password-sync).
 */
export interface ProviderNames {
  readonly id: IdentityProvider;
  readonly name: string;
  /** The company to open a support case with. */
  readonly vendor: string;
  /** The app that contains the extension. */
  readonly app: string;
  readonly adminConsole: string;
  readonly devices: string;
  readonly signInLog: string;
  readonly auditLog: string;
  /** What can block a sign-in of a device or a user. */
  readonly signInPolicy: string;
  /** How a user reports a problem to the vendor, as one sentence. */
  readonly report: string;
  /** What the report gives for a support case; null: nothing. */
  readonly reportReference: string | null;
  /** The vendor's address for feedback on Platform SSO; null: none is known. */
  readonly feedback: string | null;
  /** How to remove a registration where macOS can't repair it, as one sentence. */
  readonly deregister: string;
  /** Pages of the vendor about Platform SSO; empty: none is known. */
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

const names: Readonly<Record<IdentityProvider, ProviderNames>> = {
  entra: {
    id: 'entra',
    name: 'Entra',
    vendor: 'Microsoft',
    app: 'Company Portal',
    adminConsole: 'the Microsoft Entra admin center',
    devices: 'Entra > Devices',
    signInLog: 'Entra sign-in log',
    auditLog: 'Entra audit log',
    signInPolicy: 'Conditional Access',
    report:
      'In Company Portal choose Help > Send diagnostic report > Email logs. Then write down the incident ID BEFORE you close that window: it is not shown again.',
    reportReference: "incident ID of Company Portal's diagnostic report",
    // Of Microsoft's article of November 2023.
    feedback: 'macos-sso-feedback@microsoft.com',
    deregister:
      'Company Portal > Preferences > Deregister (older versions: Unregister or Sign out), then register again.',
    links: [
      {
        title: 'Microsoft: troubleshoot Platform SSO on macOS',
        url: 'https://learn.microsoft.com/en-us/entra/identity/devices/troubleshoot-macos-platform-single-sign-on-extension',
      },
    ],
  },
  okta: {
    id: 'okta',
    name: 'Okta',
    vendor: 'Okta',
    app: 'Okta Verify',
    adminConsole: 'the Okta Admin Console',
    devices: 'Okta Admin Console > Directory > Devices',
    signInLog: 'Okta System Log',
    auditLog: 'Okta System Log',
    signInPolicy: 'an Okta sign-in policy',
    report:
      'In Okta Verify, on the mobile device of the user, choose Send Feedback > Report a bug. Its logs are attached and sent to Okta.',
    reportReference: null,
    feedback: null,
    deregister:
      'In the MDM, unassign the profile with Platform SSO from the Mac; restart the Mac; assign the profile again.',
    links: [
      {
        title: 'Okta: troubleshoot password sync on macOS',
        url: 'https://help.okta.com/oie/en-us/content/topics/oda/macos-pw-sync/troubleshoot-macos-password-sync.htm',
      },
    ],
  },
  other: {
    id: 'other',
    name: 'the identity provider',
    vendor: 'your identity provider',
    app: 'the app of your identity provider',
    adminConsole: 'the admin console of your identity provider',
    devices: 'The list of devices at the identity provider',
    signInLog: 'Sign-in log of the identity provider',
    auditLog: 'Audit log of the identity provider',
    signInPolicy: 'a sign-in policy',
    report: 'Report the problem to your identity provider as its documentation says.',
    reportReference: 'number of the report to your identity provider',
    feedback: null,
    deregister:
      'Register again as your identity provider documents it; or unassign the profile in the MDM, restart the Mac, and assign it again.',
    links: [
      {
        title: 'Apple: Platform SSO for macOS',
        url: 'https://support.apple.com/guide/deployment/platform-sso-for-macos-dep7bbb05313/web',
      },
    ],
  },
};

export function providerNames(provider: IdentityProvider): ProviderNames {
  return names[provider];
}
