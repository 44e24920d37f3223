import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const adBoundOrHybridUnsupported: Article = {
  title: 'The Mac is bound to Active Directory',
  meaning:
    'Platform SSO with Entra ID needs a local account. A mobile account of Active Directory keeps its own password, and hybrid join is not supported.',
  reliabilityNote:
    'Definite for the account, whose record says that it belongs to a directory. A Mac that is bound and has a local account is no sign.',
  evidenceNote:
    'Two readings of an account with LocalCachedUser or NetLogon in AuthenticationAuthority, while Platform SSO of Entra ID is configured with the method password.',
  admin: {
    text: 'Change mobile accounts to local accounts, then remove the binding.',
    steps: ['Change the account to a local one.', 'Remove the binding.', 'Register again.'],
    confirm: ['dsconfigad -show prints a domain.', 'dscl . -read of the user shows OriginalNodeName.'],
  },
  links: [links.troubleshooting],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
