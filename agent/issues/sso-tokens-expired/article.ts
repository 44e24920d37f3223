import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const ssoTokensExpired = (idp: ProviderNames): Article => ({
  title: 'The sign-in tokens have expired',
  meaning: `Single sign-on has stopped: the registration is complete, and its tokens have expired.${idp.id === 'entra' ? ' Entra’s were seen to live 14 days.' : ''}`,
  reliabilityNote: 'app-sso prints the time of expiration, and whether it has passed.',
  evidenceNote:
    'An expiration in the past, online, and still so after 5 minutes in use. A wrong clock looks the same; a Mac that was off for two weeks refreshes them at the first unlock.',
  admin: {
    text: `Going online and unlocking with the password refreshes them. If that does not help, the device may be disabled or deleted at ${idp.name}, or ${idp.signInPolicy} may stop it.`,
    steps: [
      'Connect to the internet, lock the screen, unlock it with the password.',
      'Answer macOS if it asks to sign in.',
      'On macOS 14 or later, if it stays: Network Account Server > Edit > Repair.',
    ],
    confirm: [
      `${idp.devices}: the device object is there and enabled.`,
      `${idp.signInLog}: ${idp.id === 'entra' ? '53003 (blocked by Conditional Access) or another' : 'a'} refusal.`,
      'The Mac’s clock is right.',
    ],
  },
  links: [links.appleTokens, links.troubleshooting],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
