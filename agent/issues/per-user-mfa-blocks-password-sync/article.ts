import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const perUserMfaBlocksPasswordSync: Article = {
  title: 'Per-user MFA may block the password step',
  meaning:
    'With per-user MFA on the account, the last step of registration does not accept the Entra password, even if it is right, and passwords are not synchronised.',
  reliabilityNote:
    'The proof is AADSTS50076 or 50079 in the Entra sign-in log, which the agent can’t see. A Conditional Access policy that requires MFA gives the same code.',
  evidenceNote:
    'Not detected: named as a possible cause when the device registered and the user did not, or tokens stay stale, with the password method.',
  admin: {
    text: 'Turn per-user MFA off for the account, and require MFA by Conditional Access instead: that is suppressed while the Mac registers. The error codes can change at any time; treat them as a hint.',
    steps: [
      'Entra: turn per-user MFA off for the account.',
      'Require MFA by a Conditional Access policy instead.',
      'Ask the user to register again, or to lock and unlock the screen.',
    ],
    confirm: [
      'Entra sign-in log of the user: 50076 or 50079 at the time of an attempt.',
      'Entra: whether per-user MFA is on for the account.',
      'Conditional Access: which policy, if any, asked for MFA.',
    ],
  },
  links: [
    links.troubleshooting,
    {
      title: 'Microsoft: recommendation to turn off per-user MFA',
      url: 'https://learn.microsoft.com/en-us/entra/identity/monitoring-health/recommendation-turn-off-per-user-mfa',
    },
    links.errorCodes,
  ],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
