import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const kerberosSsoSyncsLocalPassword: Article = {
  title: 'The Kerberos extension sets the local password too',
  meaning:
    'A profile of the Kerberos extension has syncLocalPassword. It and Platform SSO then both set the password of the Mac.',
  reliabilityNote:
    'Likely: the payload is in the managed preferences of the device or of the user. Payloads of one type can be merged there, so a Kerberos payload can be missing.',
  evidenceNote:
    'Two readings of a payload of com.apple.AppSSOKerberos.KerberosExtension with syncLocalPassword, while Platform SSO is configured with the method password.',
  admin: {
    text: 'One program alone can set the local password.',
    steps: ['Set syncLocalPassword to false in the Kerberos payload.'],
    confirm: ['The Kerberos payload of the MDM: syncLocalPassword.'],
  },
  links: [links.appleDeployment, links.kerberos],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
