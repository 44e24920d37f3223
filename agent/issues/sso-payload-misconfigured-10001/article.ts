import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const ssoPayloadMisconfigured10001 = (idp: ProviderNames): Article => ({
  title: `The profile with Platform SSO has a mistake${idp.id === 'entra' ? ' (error 10001)' : ''}`,
  meaning:
    'AuthenticationMethod in the installed profile is missing or is a value that macOS does not know, or another key has a wrong value.',
  reliabilityNote:
    'The installed profile shows the mistake. That the registration fails for this reason is inferred.',
  evidenceNote:
    'Two readings of such a profile while the registration is not complete; for a quarter of an hour where macOS says that Platform SSO is not configured. A method of a macOS newer than this version knows is not a mistake. Managed preferences can lack keys that the profile has.',
  admin: {
    text: `Correct the profile; the user can’t fix this.${idp.id === 'entra' ? ' Microsoft’s extension reports error 10001 for a wrong payload.' : ''}`,
    steps: [
      'Set AuthenticationMethod inside PlatformSSO to Password, UserSecureEnclaveKey or SmartCard; for macOS 13 also at the top level.',
      'Set ExtensionIdentifier, TeamIdentifier, Type and URLs as the identity provider documents them.',
      'Check the profile before you deploy it: psso-monitor config --check FILE',
    ],
    confirm: ['MDM: the assigned profile has the required keys and values.'],
  },
  links: [links.intune, links.applePayload],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
