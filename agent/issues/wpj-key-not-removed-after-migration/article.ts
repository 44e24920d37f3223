import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const wpjKeyNotRemovedAfterMigration: Article = {
  title: 'An earlier Workplace Join was left behind',
  meaning:
    'After a successful registration the earlier Workplace Join must no longer be in the login keychain, and it is still there. It can cause duplicate device objects, repeated prompts, and Conditional Access that sees the old device.',
  reliabilityNote:
    'The items are visible, their age is not: they may belong to another tenant, or be an expired leftover without a key.',
  evidenceNote:
    'Attributes of keychain items only, never their contents, and not in the first 30 minutes after a registration. Absence proves nothing: since August 2025 new keys are kept in the Secure Enclave by default, where no other program lists them.',
  admin: {
    text: 'Microsoft lists it as a scenario to validate after a migration. The user deregisters and registers again; do not delete keychain items by hand. Scripts that look for the Workplace Join key should read the state of app-sso instead.',
    steps: [
      'Company Portal > Preferences > Deregister, then register again.',
      'If it stays: remove the leftover items with a script of your MDM.',
      'Delete the stale device object in Entra, when nothing uses it any more.',
      'Point Smart Groups and extension attributes at the state of app-sso.',
    ],
    confirm: [
      'Entra > Devices: two objects for this Mac, and which one signs in.',
      'The user has no second tenant on this Mac.',
    ],
  },
  links: [links.troubleshooting, links.pluginTroubleshooting, links.scripts],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
