import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const registrationNeedsRepair = (idp: ProviderNames): Article => ({
  title: 'The registration needs to be repaired',
  meaning:
    'The registration was complete and can’t be used now, or macOS says that it needs a repair. macOS 14 and later can repair it in place.',
  reliabilityNote:
    'Definite when registrationCompleted turned false or a section turned (null); likely for state 2 (needs registration) and 5 (key invalid), whose numbers come from a decompile.',
  evidenceNote:
    'Two readings in a row, since app-sso prints (null) right after login and while AppSSOAgent restarts. (null) is normal for a second account that never registered, and for accounts in NonPlatformSSOAccounts.',
  admin: {
    text: 'Repair takes the user through the same steps as the first registration. The Users & Groups pane must not be hidden by a profile. If Repair fails, remove the registration and register again. Do not delete the device object before that.',
    steps: [
      'System Settings > Users & Groups > Network Account Server > Edit > Repair.',
      `If that fails: ${idp.deregister}`,
      `Check what changed shortly before, such as an update of macOS or of ${idp.app}, another method, or a reset of the local password: psso-monitor events`,
    ],
    confirm: [
      `${idp.devices}: the device object is still there and enabled.`,
      'The MDM shows the Users & Groups pane: no profile hides it.',
    ],
  },
  links: [links.troubleshooting, links.scripts],
  fixedIn: null,
  reviewBy: '2027-05-31',
});
