import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const touchIdRequiredNoFallback: Article = {
  title: 'Touch ID is required, and there is no other way in',
  meaning:
    'A policy of the profile requires Touch ID (or the watch) at FileVault, the login window or the lock screen, without AllowOpenIDForTouchIDFallback. A user whose Touch ID can’t be used is locked out.',
  reliabilityNote:
    'The policies are read. Whether Touch ID can be used on this Mac is not read, so the lock-out is a risk.',
  evidenceNote:
    'Two readings of RequireTouchID or RequireTouchIDOrWatch in FileVaultPolicy, LoginPolicy or UnlockPolicy, as app-sso prints them or, from macOS 27, in the profile. On Macs that are always used with an open lid and an enrolled finger this is harmless: then list the issue in IgnoredIssues.',
  admin: {
    text: 'Give the user another way in, unless the requirement is wanted without one. A closed lid, an external keyboard without Touch ID, and an account without an enrolled finger are the usual cases.',
    steps: [
      'Add AllowOpenIDForTouchIDFallback to the same policy.',
      'Assign the policy only to Macs whose users have Touch ID at hand.',
      'List accounts for emergencies in NonPlatformSSOAccounts.',
    ],
    confirm: ['MDM: FileVaultPolicy, LoginPolicy and UnlockPolicy of the assigned profile.'],
  },
  links: [links.applePayload],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
