import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const ssoExtensionNotRegisteredWithPluginkit: Article = {
  title: 'macOS does not know the extension',
  meaning: 'Company Portal is installed, and macOS has not registered its extension, or it is disabled.',
  reliabilityNote:
    'Likely: macOS answers for the session of the user. A registration that works proves that the extension is known, so nothing is found then.',
  evidenceNote:
    '15 minutes awake in which pluginkit does not list com.microsoft.CompanyPortalMac.ssoextension, or lists it as ignored, while Company Portal is installed, the profile or app-sso names Microsoft’s extension, and sign-in does not work.',
  admin: {
    text: 'Open Company Portal once. If that does not help, install it again.',
    steps: ['Open Company Portal, then restart the Mac.', 'Otherwise install Company Portal again.'],
    confirm: ['pluginkit -m lists com.microsoft.CompanyPortalMac.ssoextension without a minus sign.'],
  },
  links: [links.ssoPlugin, links.pseudo],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
