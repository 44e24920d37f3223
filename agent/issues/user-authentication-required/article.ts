import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const userAuthenticationRequired: Article = {
  title: 'The user needs to sign in again',
  meaning:
    'The registration is complete, and the state of the user says that an authentication or new keys are needed. The Mac does not know why. Until then, apps can ask the user to sign in.',
  reliabilityNote:
    'The number of the state and its meaning come from a public decompile of one macOS 26 build; public scripts call it NeedsNewKeys.',
  evidenceNote:
    'State 1 in the user configuration of app-sso, with a method by which macOS does not set the work password, online and for 3 hours of use. It is also set when an attempt found no network, and for a moment at login.',
  admin: {
    text: 'When the user signs in, the state ends. If it does not, the keys of this user can’t be used: repair the registration.',
    steps: [
      'Ask the user to lock the screen and unlock it with the password, while online.',
      'On macOS 14 or later: System Settings > Users & Groups > Network Account Server > Edit > Authenticate; if the state stays, Repair.',
      'Compare with what changed shortly before, such as an update or a reset of the local password: psso-monitor events',
    ],
    confirm: [
      'The sign-in log of the identity provider: refused sign-ins of this user from this Mac.',
      'The device is known to the identity provider and enabled.',
    ],
  },
  links: [links.appleTokens],
  fixedIn: null,
  reviewBy: '2027-05-31',
};
