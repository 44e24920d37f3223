import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const registrationFailedNoRetry = (idp: ProviderNames): Article => ({
  title: 'macOS may have stopped to ask for the registration',
  meaning:
    'After an error that the extension calls final, macOS does not ask again until the profile or the extension changes. Users then wait for a notification that does not come.',
  reliabilityNote:
    'Heuristic: macOS does not show whether it still asks. A user who closes each notification looks the same.',
  evidenceNote:
    'macOS 14 or later, never registered, and 16 hours of active time without a complete registration. A mistake in the profile or a missing precondition has an issue of its own.',
  admin: {
    text: `Start the registration by hand. If that fails too, a new version of ${idp.app} or a new copy of the profile makes macOS ask again.`,
    steps: [
      'System Settings > Users & Groups > Network Account Server: Register, or Edit > Repair.',
      'Otherwise remove the profile in the MDM and assign it again.',
    ],
    confirm: [
      'Ask the user whether macOS still shows a notification.',
      `${idp.signInLog}: failed attempts to register this Mac.`,
    ],
  },
  links: [links.appleRegistration],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
