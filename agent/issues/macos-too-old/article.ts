import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const macosTooOld: Article = {
  title: 'macOS is too old for the sign-in method',
  meaning:
    'The profile asks for a sign-in method that this version of macOS does not have. The Mac can’t register with it.',
  reliabilityNote:
    'Definite: Apple documents the first macOS of each method, and both the profile and the version are read on the Mac.',
  evidenceNote:
    'AuthenticationMethod is SmartCard before macOS 14, or OpenID before macOS 27, for 15 minutes awake without a complete registration. Other keys that an older macOS ignores are no sign.',
  admin: {
    text: 'Update macOS, or give Macs with an older version a profile with another method.',
    steps: ['Update macOS.', 'Otherwise assign a profile with the method Password or UserSecureEnclaveKey.'],
    confirm: ['MDM: the filter by macOS version of the profile.'],
  },
  links: [links.appleDeployment, links.applePayload],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
