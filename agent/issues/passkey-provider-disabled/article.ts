import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const passkeyProviderDisabled: Article = {
  title: 'Company Portal is not turned on for AutoFill',
  meaning:
    'The key of Platform SSO can be a passkey only while Company Portal is on under AutoFill & Passwords. Apps do not offer the passkey otherwise.',
  reliabilityNote:
    'Likely: without a sign in front, the extension was not chosen yet. An organization without passkeys does not need it.',
  evidenceNote:
    'An hour of active time in which pluginkit lists the AutoFill extension of Company Portal without a plus sign, while the user is registered with a Secure Enclave key. With another method it is no sign.',
  admin: {
    text: 'The registration does not turn it on. Microsoft has a script that does.',
    steps: [
      'System Settings > General > AutoFill & Passwords: turn on Company Portal.',
      'By script, as the user: pluginkit -e use -i com.microsoft.CompanyPortalMac.Mac-Autofill-Extension',
    ],
    confirm: ['pluginkit -m shows the AutoFill extension with a plus sign.'],
  },
  links: [links.troubleshooting, links.pseudo],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
