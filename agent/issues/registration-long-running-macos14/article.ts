import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const registrationLongRunningMacos14 = (idp: ProviderNames): Article => ({
  title: 'Registration isn’t finishing (macOS 14 and later)',
  meaning:
    'The Mac has been in use for 25 minutes and the registration has not finished. macOS asks again about 10 minutes after a failure, so by now it may have asked more than once.',
  reliabilityNote:
    'app-sso prints that it is not complete; that attempts failed is inferred. A message of the extension would prove it, and the agent does not read that.',
  evidenceNote:
    'A device configuration without a completed registration, over 25 minutes of active use. The user may simply not have clicked yet, or have a Focus on.',
  admin: {
    text: 'Registration that fails in Settings is offered again after about 10 minutes. After failedNoRetry from the extension, macOS does not try again until the configuration or the extension changes. Each possible cause has an entry; the Mac has no proof of any.',
    steps: [
      'System Settings > Users & Groups > Network Account Server > Register, or Edit > Repair.',
      `Check the version of ${idp.app}, the network and TLS inspection exclusions.`,
      'Go through the possible causes in the order given.',
    ],
    confirm: [
      idp.id === 'entra'
        ? 'Entra: the user may join devices, and has not reached the maximum number of devices.'
        : `${idp.devices}: no old object of this Mac blocks it.`,
      `${idp.signInLog} during an attempt: ${idp.id === 'entra' ? '50076 or 50079 (MFA), 53003 (blocked by Conditional Access)' : `a refusal, such as by ${idp.signInPolicy}`}.`,
      'MDM: the profile is assigned, and notifications of Platform SSO are not suppressed.',
    ],
  },
  links: [
    links.troubleshooting,
    links.appleRegistration,
    {
      title: 'Microsoft: Platform SSO integration guide for MDM vendors',
      url: 'https://learn.microsoft.com/en-us/entra/identity/devices/macos-psso-integration-guide',
    },
  ],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
