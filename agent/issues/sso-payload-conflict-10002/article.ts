import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const ssoPayloadConflict10002 = (idp: ProviderNames): Article => ({
  title: `Two single sign-on profiles for one extension${idp.id === 'entra' ? ' (error 10002)' : ''}`,
  meaning:
    'An older single sign-on profile without PlatformSSO is in the place of the profile with Platform SSO. Both are for the same extension.',
  reliabilityNote:
    'The managed file and app-sso contradict each other. A second profile explains it; the agent can’t list profiles.',
  evidenceNote:
    'Two readings of a managed profile without PlatformSSO while app-sso names the same extension as configured for Platform SSO, and the registration is not complete. Payloads of Kerberos, of other extensions and of type Credential are no conflict. A change from one profile to the other looks like this for a short time.',
  admin: {
    text: `Unassign the older profile before you assign the one with Platform SSO, or together with it.${idp.id === 'entra' ? ' Microsoft’s extension reports error 10002 for more than one payload.' : ''} The user can’t fix this.`,
    steps: [
      'Look for every profile with a com.apple.extensiblesso payload: System Settings > General > Device Management.',
      'Remove the assignment of the profile without PlatformSSO.',
      'Wait until the Mac has removed it. The Mac then asks the user to register.',
    ],
    confirm: [
      'MDM: one single sign-on profile only is assigned for this extension, to the user and to the Mac.',
    ],
  },
  links: [links.intune, links.scripts],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
