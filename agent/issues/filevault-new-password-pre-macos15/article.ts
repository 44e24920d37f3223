import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const filevaultNewPasswordPreMacos15: Article = {
  title: 'FileVault takes only the old password',
  meaning:
    'Before macOS 15, and on Macs with an Intel processor, FileVault knows a new work password only after it has reached the Mac. After a restart the user must type the old one.',
  reliabilityNote:
    'Definite for the state of FileVault, the version and the policy. That the work password was changed is only likely.',
  evidenceNote:
    'FileVault is on, macOS is older than 15, or the Mac has an Intel processor, or FileVaultPolicy does not ask the identity provider; and macOS asks for the new password, or the tokens are overdue. A Mac whose password is in step is no sign.',
  admin: {
    text: 'With macOS 15 and Apple silicon, FileVaultPolicy AttemptAuthentication lets FileVault ask the identity provider.',
    steps: [
      'Type the old password at FileVault, then the new one at the prompt of macOS.',
      'Otherwise use the recovery key.',
    ],
    confirm: ['FileVault is on: fdesetup status.', 'The macOS version, and FileVaultPolicy in the profile.'],
  },
  links: [links.troubleshooting, links.applePayload],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
