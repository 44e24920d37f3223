import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const registrationPromptClosed = (idp: ProviderNames): Article => ({
  title: 'The sign-in window may have been closed during registration',
  meaning:
    'If the user closes the window during a registration, it may not come back until the user logs out of macOS and in again. macOS 14 and later usually ask again after about 10 minutes.',
  reliabilityNote:
    'On the Mac this looks the same as a notification that the user did not notice, a Focus, or notifications that are turned off.',
  evidenceNote: 'Not detected: named as a possible cause while a registration stays incomplete.',
  admin: {
    text: 'Logging out and in brings the notification back. On macOS 14 and later try Network Account Server first. Ask users in advance to leave the window open; for a mass migration use a guided tool.',
    steps: [
      'On macOS 14 or later: Network Account Server > Register, or Edit > Repair.',
      'Otherwise log out of the Mac and in again, and follow the notification.',
    ],
    confirm: [
      'Ask the user, without blame, whether a sign-in window was closed.',
      `No log of ${idp.name} proves it: rule out the other possible causes first.`,
    ],
  },
  links: [links.troubleshooting],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
