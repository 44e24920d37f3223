import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

const refusals: Readonly<Record<ProviderNames['id'], string>> = {
  entra: '50126 (wrong password), 50173 (session or grant revoked), 50053 (locked), 50076 (MFA required)',
  okta: 'user.session.start with a failure, user.account.lock',
  other: 'a wrong password, a locked account, a revoked session, a second factor that was required',
};

export const passwordChangePromptPending = (idp: ProviderNames): Article => ({
  title: 'macOS asks for the work password',
  meaning:
    'macOS could not sign in with the password that it has, and asks the user for the work password. Either the work password was changed elsewhere, or the password of this Mac was changed, or the identity provider did not answer. Until the user types the work password, the old password still unlocks the Mac; that is expected.',
  reliabilityNote:
    'The number of the state and its meaning come from a public decompile of one macOS 26 build; a community label calls it NeedsNewKeys. Two online readings at least 5 minutes apart are needed.',
  evidenceNote:
    'State 1 in the user configuration of app-sso, while online. It is also set when an attempt found no network, and for a moment at login; a revoked session looks the same as a changed password. A change of the local password before the prompt is recorded.',
  admin: {
    text: 'macOS asks the user. When the user types the current work password at the lock screen, the passwords are synchronised at once. If the issue stays open for more than 4 hours of use, check the sign-in log and the rules below. The Mac does not know when the work password was changed.',
    steps: [
      'Ask the user to lock the screen and unlock it with the current work password, while online.',
      'On macOS 14 or later: System Settings > Users & Groups > Network Account Server > Edit > Authenticate.',
      `If macOS does not accept the work password, ${idp.id === 'entra' ? 'check per-user MFA, and ' : ''}compare the password rules: psso-monitor explain passcode-policy-complexity-mismatch`,
    ],
    confirm: [
      `${idp.signInLog}, entries of the user: ${refusals[idp.id]}.`,
      `${idp.auditLog}: when the password was changed or reset. That time can be given to the agent as IdpPasswordChangedAt.`,
    ],
  },
  links: [links.troubleshooting, links.joinWithCompanyPortal],
  fixedIn: null,
  reviewBy: '2027-05-31',
});
