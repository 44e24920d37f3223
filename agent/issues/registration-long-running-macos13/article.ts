import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const registrationLongRunningMacos13 = (idp: ProviderNames): Article => ({
  title: 'Registration isn’t finishing (macOS 13)',
  meaning:
    'The Mac has been in use for 30 minutes and the registration has not finished. On macOS 13 it can take a few minutes.',
  reliabilityNote: 'Only the missing registration is visible. A slow network or a busy user looks the same.',
  evidenceNote:
    'macOS below 14, and no completed registration over 30 minutes of active use. macOS 13 does not show it in System Settings.',
  admin: {
    text: 'Wait a few minutes. If macOS asks again, the user follows the steps; otherwise the user logs out and in again. Prefer macOS 14 or later.',
    steps: [
      'Log out of the Mac and in again; the prompt should return.',
      `Check the version of ${idp.app}, the network and TLS inspection exclusions.`,
      'Plan the update to macOS 14 or later.',
    ],
    confirm: [
      idp.id === 'entra'
        ? 'Entra: the user may join devices, and has not reached the maximum number of devices.'
        : `${idp.devices}: no old object of this Mac blocks it.`,
      'The profile carries AuthenticationMethod at its top level, for macOS 13.',
    ],
  },
  links: [links.troubleshooting],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
