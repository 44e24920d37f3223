import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const oktaOneAccountPerDevice: Article = {
  title: 'Okta allows one account on a Mac',
  meaning:
    'With Platform SSO 2.0 of Okta a Mac has one Okta account. A second account can’t register. The change to 2.0 needs a new registration, and macOS 26 needs Okta Verify 9.52 or later.',
  reliabilityNote:
    'Likely: the version of Okta Verify is read. That a second account tries to register is not seen.',
  evidenceNote:
    'Two readings of Okta Verify before 9.52 on macOS 26 or later, while Platform SSO uses Okta’s extension.',
  admin: {
    text: 'Register the main user only. Update Okta Verify before macOS 26.',
    steps: ['Update Okta Verify.', 'Register the one account again.'],
    confirm: ['The version of Okta Verify.', 'Another account of this Mac is registered.'],
  },
  links: [links.oktaTroubleshooting, links.oktaVersions],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
