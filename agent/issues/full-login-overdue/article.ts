import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const fullLoginOverdue = (idp: ProviderNames): Article => ({
  title: 'The full sign-in with the password is overdue',
  meaning: `macOS refreshes the tokens at ${idp.name} without the password in between, and asks for the password again after LoginFrequency. That sign-in did not happen, so a changed password was not noticed.`,
  reliabilityNote:
    'Likely: Apple documents LoginFrequency, and app-sso prints the time of the last sign-in. When macOS tries is not documented.',
  evidenceNote:
    'lastLoginDate is older than loginFrequency (18 hours by default), and the Mac was in active use for 8 more hours. Time asleep, locked or offline does not count. Not used with a provider whose tokens are refreshed with each sign-in only.',
  admin: {
    text: 'Ask the user to lock and unlock the screen with the password. Touch ID is no full sign-in.',
    steps: ['Lock the screen, and unlock it with the password, online.'],
    confirm: [`${idp.signInLog}: failed sign-ins of the user from this Mac.`],
  },
  links: [links.applePlatformSso],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
