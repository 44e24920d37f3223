import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const authenticatedGuestModeUnsupported: Article = {
  title: 'Authenticated Guest Mode is on, and Entra ID does not support it',
  meaning:
    'With Authenticated Guest Mode the login window shows an empty warning, and the login does not end.',
  reliabilityNote:
    'Likely: the keys of the profile say it. The login window of a guest is not seen by the agent.',
  evidenceNote:
    'Two readings of a profile of Microsoft’s extension with NewUserAuthorizationMode Temporary, or with TemporarySessionQuickLogin, on macOS 26 or later. Keys that are there and false are no sign.',
  admin: {
    text: 'Turn off Authenticated Guest Mode in the profile.',
    steps: ['Remove the value Temporary of NewUserAuthorizationMode.'],
    confirm: ['The profile: NewUserAuthorizationMode is not Temporary.'],
  },
  links: [links.appleDeployment, links.applePayload],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
