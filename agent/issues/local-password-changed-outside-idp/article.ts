import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const localPasswordChangedOutsideIdp = (idp: ProviderNames): Article => ({
  title: 'The local password was changed without a sync',
  meaning: `The password of the Mac was changed in System Settings, by an admin or by the MDM. ${idp.name} did not get it, so the Mac and the work account can have two passwords.`,
  reliabilityNote:
    'Likely: macOS records when the local password was set, and no tokens came within 10 minutes. The two passwords can still be equal.',
  evidenceNote:
    'passwordLastSetTime moved while the agent watched, no tokens came within 10 minutes, and no sign-in followed in one hour of active time. A password that was set while the Mac was not observed is no sign. A sign-in, or a password sync, ends it.',
  admin: {
    text: 'Nothing is broken yet: the local password unlocks the Mac. At the next prompt macOS asks for the work password and sets it. Do not let a local rule force a change of the password.',
    steps: [
      'Ask the user to lock the screen and unlock it with the work password.',
      'Remove a local rule with a maximum age of the password.',
    ],
    confirm: [
      'Ask the user whether the password was changed, and where.',
      'The MDM: a reset of the password.',
    ],
  },
  links: [links.applePlatformSso],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
