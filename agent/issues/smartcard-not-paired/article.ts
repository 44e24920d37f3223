import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const smartcardNotPaired: Article = {
  title: 'The smart card is not paired with the account',
  meaning:
    'macOS does not connect the smart card with the local account. The PIN is refused, and after a restart the local password is needed.',
  reliabilityNote:
    'Likely: a card can be linked in another way. A mapping by /etc/SmartcardLogin.plist needs no pairing, and is no sign.',
  evidenceNote:
    'Two readings of sc_auth without a paired card and without /etc/SmartcardLogin.plist, while Platform SSO is configured with the method smart card and sign-in does not work.',
  admin: {
    text: 'Pair the card, or map it with /etc/SmartcardLogin.plist.',
    steps: ['Insert the card and pair it: sc_auth pair.'],
    confirm: ['sc_auth list of the user is empty, and no mapping is set.'],
  },
  links: [links.joinWithCompanyPortal, links.platformSso, links.appleDeployment],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
