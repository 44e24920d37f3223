import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const tokenBindingOwed: Article = {
  title: 'The sign-in tokens need to be bound to this Mac again',
  meaning:
    'macOS needs to bind the sign-in tokens to the keys of this Mac again. It does that when the user signs in with the password of the Mac. The work password has not changed, and the registration is not lost.',
  reliabilityNote:
    'The name of the state is in the strings of macOS 27; a comparison of its builds shows that a sign-in with the local password repairs the binding. Its number is not known, so only the name counts.',
  evidenceNote: 'Two readings of the state POUserStateNeedsBinding in the user configuration of app-sso.',
  admin: {
    text: 'The registration needs no repair. The user needs the password of the account on this Mac, even if it is not the work password.',
    steps: [
      'Ask the user to lock the screen and unlock it with the password of the Mac, typed and not by Touch ID.',
      'If the state stays, restart the Mac and log in with the password of the Mac.',
    ],
    confirm: ['The state of the user is POUserStateNormal again in the output of: app-sso platform -s'],
  },
  links: [links.appleTokens],
  fixedIn: null,
  reviewBy: '2027-05-31',
};
