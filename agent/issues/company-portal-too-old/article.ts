import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const companyPortalTooOld: Article = {
  title: 'Company Portal is too old',
  meaning:
    'The installed Company Portal is older than the version that Platform SSO, or a feature of the profile, needs.',
  reliabilityNote: 'The version of the app is compared with the versions that Microsoft documents.',
  evidenceNote:
    'Two readings of a version below 5.2404, while the profile with Platform SSO or app-sso names an extension of Microsoft; below 5.2504 where ExtensionData has enable_se_key_biometric_policy; below 5.2604 where the profile has EnableRegistrationDuringSetup and the Mac is not registered.',
  admin: {
    text: 'Deploy the current Company Portal, and leave Microsoft AutoUpdate on. An update can make macOS ask for the registration again: restart the Mac after it.',
    steps: [
      'Install the current Company Portal: https://go.microsoft.com/fwlink/?linkid=853070.',
      'Check that Microsoft AutoUpdate may update Company Portal.',
    ],
    confirm: ['MDM: the assigned package of Company Portal is current.'],
  },
  links: [links.intune, links.platformSso, links.duringEnrollment],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
