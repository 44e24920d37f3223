import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const seBiometricPolicyNoTouchid: Article = {
  title: 'The biometric policy needs Touch ID, and the Mac has none in use',
  meaning:
    'With the biometric policy only Touch ID opens the key: there is no password instead. Without a fingerprint, or with a closed lid, the user can’t sign in.',
  reliabilityNote:
    'Definite for the policy and the number of fingerprints. A keyboard with Touch ID that is not connected looks the same for a while.',
  evidenceNote:
    '30 minutes of active time with enable_se_key_biometric_policy in the profile and no fingerprint of the user, with the method Secure Enclave key, while no tokens were received for a day.',
  admin: {
    text: 'Give Macs without Touch ID a profile without the biometric policy.',
    steps: ['Open the lid, or connect a keyboard with Touch ID.', 'Enroll a fingerprint.'],
    confirm: ['System Settings > Touch ID & Password: a fingerprint is enrolled.'],
  },
  links: [links.platformSso, links.scripts],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
