import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

const passwordChanges: Readonly<Record<ProviderNames['id'], string>> = {
  entra: '“Change user password” or “Reset user password”',
  okta: 'user.account.update_password or user.account.reset_password',
  other: 'a changed or reset password of the user',
};

export const passwordChangeWindowOverdue = (idp: ProviderNames): Article => ({
  title: 'Sign-in wasn’t renewed after unlocking',
  meaning:
    'More than 4 hours and 5 minutes have passed since the tokens were received, and unlocking online did not refresh them: a changed work password may not have reached the Mac. The Mac does not know whether it was changed at all.',
  reliabilityNote:
    'Apple documents the refresh of tokens that are more than four hours old. When macOS tries, and the timer’s tolerance of 5 minutes, come from a decompile.',
  evidenceNote:
    'Only time awake, unlocked, online and at the console counts: 15 minutes of it past the mark, and 5 minutes after an online unlock. A captive portal may look online. Once the 4-hour mark was missed, old tokens can stay until the next unlock; that alone is not an issue.',
  admin: {
    text: 'Ask the user to lock the screen and unlock it with the current work password, online. If the time “last confirmed good” does not change then, collect logs before you repair anything. That time is never the time of a password change.',
    steps: [
      'Lock and unlock the screen with the current work password, online.',
      `On macOS 14 or later: Network Account Server > Edit > Authenticate, then Repair. On macOS 13: ${idp.deregister}`,
      `If it comes back: ${idp.report}`,
    ],
    confirm: [
      `${idp.auditLog}: ${passwordChanges[idp.id]}, and when. Give that time to the agent as IdpPasswordChangedAt.`,
      `${idp.signInLog}: failed sign-ins of the user from this Mac since “last confirmed good”.`,
    ],
  },
  links: [links.troubleshooting, links.appleTokens],
  fixedIn: null,
  reviewBy: '2027-05-31',
});
