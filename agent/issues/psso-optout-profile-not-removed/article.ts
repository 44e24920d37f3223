import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const pssoOptoutProfileNotRemoved: Article = {
  title: 'Platform SSO was taken out of the profile, and still runs',
  meaning:
    'The profile of the extension does not have PlatformSSO any more. Platform SSO ends only when the profile is removed completely, so macOS continues with it.',
  reliabilityNote:
    'Heuristic: a second profile with PlatformSSO can be installed on purpose, by a channel that the managed file does not show.',
  evidenceNote:
    'For one hour awake: the managed file names the same extension as app-sso and has no PlatformSSO, and the registration is complete. A payload of another extension, or a Credential payload, is no sign.',
  admin: {
    text: 'Nothing is broken. To end Platform SSO, remove the profile completely; then install a profile for plain single sign-on.',
    steps: ['Remove the profile from the Mac.', 'Install the profile without PlatformSSO after that.'],
    confirm: ['MDM: the profiles of this Mac for the extension, by device and by user.'],
  },
  links: [links.pluginTroubleshooting, links.applePayload],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
