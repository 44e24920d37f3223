import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const companyPortalMissing: Article = {
  title: 'Company Portal is not installed',
  meaning:
    'Company Portal contains Microsoft’s single sign-on extension. Without it the Mac can neither register nor refresh its tokens.',
  reliabilityNote: 'The profile or app-sso names Microsoft’s extension, and the app is not in its place.',
  evidenceNote:
    'Two readings of a Mac without /Applications/Company Portal.app, while the profile with Platform SSO or app-sso names an extension of Microsoft. An app that the user moved to another folder looks the same.',
  admin: {
    text: 'Install Company Portal. Assign it as a required app, so that it is on the Mac before the profile with Platform SSO arrives.',
    steps: [
      'Install the current Company Portal: https://go.microsoft.com/fwlink/?linkid=853070.',
      'Assign it in the MDM as a required app.',
      'If the registration then does not continue by itself: restart the Mac.',
    ],
    confirm: ['MDM: Company Portal is assigned to this Mac, and its installation did not fail.'],
  },
  links: [links.intune, links.duringEnrollment],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
