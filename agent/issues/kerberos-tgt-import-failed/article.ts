import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const kerberosTgtImportFailed = (idp: ProviderNames): Article => ({
  title: 'macOS can’t import a Kerberos ticket',
  meaning:
    'Platform SSO is registered, and macOS could not import a Kerberos ticket from the tokens. File servers and other services with Kerberos ask for the password.',
  reliabilityNote:
    'Definite for the flag: macOS prints importSuccessful and failedToConnect for each ticket.',
  evidenceNote:
    'importSuccessful is false and failedToConnect is false, for 30 minutes of active time online. A ticket that failed because its server can’t be reached is no sign: off the company network that is normal. A missing ticket is no sign either.',
  admin: {
    text: 'Other services of Platform SSO work. Check the Kerberos payload and the trust of the domain before you repair the registration.',
    steps: [
      'Connect the Mac to the company network, then lock and unlock the screen.',
      'Compare the realm and the hosts of the Kerberos payload with the documentation.',
    ],
    confirm: [
      'The list kerberos in the output of: app-sso platform -s | psso-monitor parse app-sso',
      `The Kerberos trust between ${idp.name} and the domain is set up and valid.`,
    ],
  },
  links: [links.kerberos, links.fleetOutputs],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
