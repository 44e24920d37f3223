import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const authMethodChangedReregister: Article = {
  title: 'The user is registered with a different method than the profile requires',
  meaning:
    'The sign-in method was changed, such as from the password to a Secure Enclave key. The device has the new method, and the user has not registered again with it.',
  reliabilityNote:
    'Definite: app-sso prints the method of the device and that of the user. That an admin changed the profile is likely.',
  evidenceNote:
    'The user’s method differs from that of the device or of the profile, and still does so after 8 hours of active time. The change itself is the event method-changed, and expected: it is no fault. Methods that this version does not know are not compared.',
  admin: {
    text: 'Each user must register again after a change of the method: announce it. macOS prompts the user. A change of the biometric policy of the Secure Enclave key brings no prompt.',
    steps: [
      'Ask the user to click the notification “Registration Required”, or to open Network Account Server > Edit > Repair, with the second factor ready.',
      'If the old method was meant to stay: correct AuthenticationMethod in the profile.',
    ],
    confirm: ['MDM: AuthenticationMethod of the profile that is assigned to this Mac.'],
  },
  links: [links.applePlatformSso, links.platformSso],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
