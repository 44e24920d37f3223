import type { Article } from '../article.ts';

export const passcodePolicyComplexityMismatch: Article = {
  title: 'The Mac’s password rules are stricter than the identity provider’s',
  meaning:
    'A password that Entra accepts may fail the Mac’s own rules, and then password synchronisation fails.',
  reliabilityNote:
    'Definite that the rules are stricter than Entra’s floor of 8 characters and 3 of 4 classes; only heuristic that this is why a password did not arrive.',
  evidenceNote:
    'The rules that pwpolicy prints, described and never tried on a password. The tenant may have stricter rules that cover the gap, and a rule is harmless while the password in use meets it. Rules that can’t be compared are listed as unknown.',
  admin: {
    text: 'Make the rules identical, and best remove what goes beyond Entra’s from the passcode payload, so that Entra alone enforces them. Set no maximum age and no history locally for synchronised passwords. If the tenant’s floor is higher, say so in IdpMinimumPasswordLength and IdpCharacterClasses.',
    steps: [
      'See which rules are stricter: the evidence of this issue names them.',
      'Lower them in the MDM’s passcode payload, or remove it.',
      'Until then, the user chooses a password that meets both, and locks and unlocks the screen.',
    ],
    confirm: [
      'Entra: custom banned passwords and, for synchronised accounts, the on-premises policy, which wins unless EnforceCloudPasswordPolicyForPasswordSyncedUsers is on.',
      'MDM: which passcode payloads apply to this Mac.',
    ],
  },
  links: [
    {
      title: 'Microsoft: macOS Platform SSO known issues and troubleshooting',
      url: 'https://learn.microsoft.com/en-us/entra/identity/devices/troubleshoot-macos-platform-single-sign-on-extension',
    },
    {
      title: 'Microsoft: configure Platform SSO in Intune',
      url: 'https://learn.microsoft.com/en-us/intune/intune-service/configuration/platform-sso-macos',
    },
    {
      title: 'Microsoft: password policies of Entra ID',
      url: 'https://learn.microsoft.com/en-us/entra/identity/authentication/concept-sspr-policy',
    },
  ],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
