import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const mdmEnrollmentMissing: Article = {
  title: 'The Mac is not enrolled in MDM',
  meaning:
    'Platform SSO is or was configured on this Mac, and the Mac is not enrolled in device management. macOS removes the registration with the enrollment.',
  reliabilityNote:
    'The command profiles says whether the Mac is enrolled. Apple documents that Platform SSO needs an enrolled Mac.',
  evidenceNote:
    'Two readings of “MDM enrollment: No”, on a Mac on which Platform SSO is or was configured. A Mac that was returned on purpose looks the same: its history ends with the agent.',
  admin: {
    text: 'Enroll the Mac again. The profile with Platform SSO then comes back, and macOS asks the user to register.',
    steps: [
      'Enroll the Mac again on the enrollment page of your MDM, or with Automated Device Enrollment by this command: sudo profiles renew -type enrollment',
      'Approve the enrollment in System Settings if macOS asks for it.',
      'Check that the profile with Platform SSO arrives, and register again.',
    ],
    confirm: [
      'MDM: the record of the Mac, and when it last answered.',
      'MDM: who removed the enrollment, or whether its certificate expired.',
    ],
  },
  links: [links.appleDeployment],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
