import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const offlineLockoutRequireAuthentication: Article = {
  title: 'Without a network the user can’t sign in or unlock',
  meaning:
    'A policy of the profile requires a sign-in at the identity provider, and the profile allows no time without a network. The user is locked out while the Mac is offline. On the lock screen Touch ID does not work either, unless the profile allows it.',
  reliabilityNote:
    'macOS prints the policies and the period. That a user is locked out is a risk, not a fact.',
  evidenceNote:
    'Two readings in which FileVaultPolicy, LoginPolicy or UnlockPolicy has RequireAuthentication, and AllowOfflineGracePeriod is missing or the period is 0. If your security rules require exactly this, list the issue in IgnoredIssues. A period that this version does not understand is unknown.',
  admin: {
    text: 'Change the profile, unless the lock-out is wanted. A user who is locked out now has to connect the Mac to a network.',
    steps: [
      'Add AllowOfflineGracePeriod to each policy with RequireAuthentication, and set OfflineGracePeriod.',
      'Add AllowTouchIDOrWatchForUnlock to UnlockPolicy, where Touch ID or the watch may unlock.',
      'List accounts for emergencies in NonPlatformSSOAccounts.',
    ],
    confirm: [
      'MDM: FileVaultPolicy, LoginPolicy, UnlockPolicy and OfflineGracePeriod of the assigned profile.',
    ],
  },
  links: [links.applePayload],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
