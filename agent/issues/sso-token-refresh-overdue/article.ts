import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const ssoTokenRefreshOverdue: Article = {
  title: 'The sign-in tokens are not refreshed',
  meaning:
    'With a Secure Enclave key or a smart card: macOS has not refreshed the sign-in tokens, although the Mac was in use and online. Single sign-on stops when they expire. The password of the Mac is not affected.',
  reliabilityNote:
    'Likely: Apple documents that tokens that are more than four hours old are refreshed. When macOS tries comes from a decompile, and a network can look online without internet access.',
  evidenceNote:
    'Tokens older than 4 hours and 5 minutes, through two online unlocks and 8 hours of active time after that age. Time asleep, locked, offline or of another user does not count.',
  admin: {
    text: 'Ask the user to lock and unlock the screen, online. If the tokens are not refreshed then, collect logs before you repair anything: the identity provider may refuse the refresh.',
    steps: [
      'Lock and unlock the screen, online, and poll again: psso-monitor once',
      'On macOS 14 or later: Network Account Server > Edit > Authenticate, then Repair.',
      'If it comes back: collect a sysdiagnose and the report of the single sign-on extension.',
    ],
    confirm: [
      'Identity provider: the device object is there and enabled.',
      'Identity provider: refused sign-ins of the user from this Mac.',
    ],
  },
  links: [links.appleTokens],
  fixedIn: null,
  reviewBy: '2027-05-31',
};
