import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const ssoProfileMissing: Article = {
  title: 'The profile with Platform SSO is gone',
  meaning:
    'Platform SSO was configured on this Mac, and its profile is not installed any more. Work sign-in stops with it.',
  reliabilityNote:
    'Likely: the managed file of the profile is gone, and app-sso says that Platform SSO is not configured. Some MDMs write no such file, and from macOS 27 on a declaration can replace the profile.',
  evidenceNote:
    'Two readings without /Library/Managed Preferences/com.apple.extensiblesso.plist, and still so after 15 minutes awake, since MDM replaces a profile by removing it first. app-sso says that Platform SSO is not configured; or, before macOS 27, the profile was read earlier and app-sso says that it is still configured. A Mac on which it was never configured, and a profile without Platform SSO in its place, are no such case.',
  admin: {
    text: 'Often a group or a filter in the MDM excludes the Mac by accident. If Platform SSO was removed on purpose, list this issue in the setting IgnoredIssues.',
    steps: [
      'Check in the MDM whether the profile is still assigned to this Mac or user.',
      'Assign it again. macOS then asks the user to register.',
    ],
    confirm: [
      'MDM: the profile is assigned; groups and filters include this Mac and its user.',
      'MDM: who changed the assignment, and when.',
    ],
  },
  links: [links.intune, links.fleetOutputs],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
