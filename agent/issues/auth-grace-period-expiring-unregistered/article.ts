import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const authGracePeriodExpiringUnregistered: Article = {
  title: 'An account that is not registered is about to be locked out',
  meaning:
    'RequireAuthentication applies to local accounts without a registration too. When AuthenticationGracePeriod ends, macOS refuses such an account. The period of this account ends within a day, has ended, or does not exist.',
  reliabilityNote:
    'macOS prints the policies, the period and its beginning. That macOS refuses this account then is documented, not observed.',
  evidenceNote:
    'Two readings of a user without a registration, with RequireAuthentication in a policy, less than 24 hours before authGracePeriodStart + requireAuthGracePeriod. Each change of the policies begins the period again. Accounts in NonPlatformSSOAccounts are exempt.',
  admin: {
    text: 'Help the user to register before the time that the evidence names. An account that is already refused needs a change of the profile.',
    steps: [
      'Let the user register: System Settings > Users & Groups > Network Account Server > Edit > Register.',
      'List accounts for emergencies in NonPlatformSSOAccounts.',
      'Add AllowAuthenticationGracePeriod to each policy with RequireAuthentication, and a longer AuthenticationGracePeriod.',
    ],
    confirm: [
      'MDM: LoginPolicy, AuthenticationGracePeriod and NonPlatformSSOAccounts of the assigned profile.',
    ],
  },
  links: [links.applePayload],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
