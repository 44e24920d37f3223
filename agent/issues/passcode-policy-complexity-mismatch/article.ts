import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

function floor({ id }: ProviderNames): string {
  return id === 'entra'
    ? 'Entra’s floor of 8 characters and 3 of 4 classes'
    : 'the floor in the settings IdpMinimumPasswordLength and IdpCharacterClasses (8 characters and 3 of 4 classes unless they are set)';
}

export const passcodePolicyComplexityMismatch = (idp: ProviderNames): Article => ({
  title: 'The Mac’s password rules are stricter than the identity provider’s',
  meaning: `A password that ${idp.name} accepts may fail the Mac’s own rules, and then password synchronisation fails.`,
  reliabilityNote: `Definite that the rules are stricter than ${floor(idp)}; only heuristic that this is the reason why a password did not reach the Mac.`,
  evidenceNote:
    'The rules that pwpolicy prints, described and never tried on a password. The identity provider may have stricter rules that cover the gap, and a rule is harmless while the password in use meets it. Rules that can’t be compared are listed as unknown.',
  admin: {
    text: `Make the rules identical, and best remove what goes beyond those of ${idp.name} from the passcode payload, so that ${idp.name} alone enforces them. Set no maximum age and no history locally for synchronised passwords. Where the minimum of ${idp.name} is another one, set IdpMinimumPasswordLength and IdpCharacterClasses.`,
    steps: [
      'Lower the stricter rules in the MDM’s passcode payload, or remove it; the evidence of this issue names them.',
      'Until then, the user chooses a password that meets both, and locks and unlocks the screen.',
    ],
    confirm: [
      idp.id === 'entra'
        ? 'Entra: custom banned passwords and, for synchronised accounts, the on-premises policy, which wins unless EnforceCloudPasswordPolicyForPasswordSyncedUsers is on.'
        : `The password policy in ${idp.adminConsole} that applies to this user.`,
      'MDM: which passcode payloads apply to this Mac.',
    ],
  },
  links: [links.troubleshooting, links.intune, links.passwordPolicies],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
