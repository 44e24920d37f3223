import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const associatedDomainTlsInspection: Article = {
  title: 'A TLS inspection stops single sign-on',
  meaning:
    'A proxy replaces the certificates of Apple or of the sign-in hosts. macOS then does not trust the link between the extension and these hosts.',
  reliabilityNote:
    'Likely: the handshake shows the certificate of a proxy. Apps can reach the same hosts by another way, such as a proxy of the network settings or a VPN.',
  evidenceNote:
    'Two TLS handshakes 15 minutes apart, in which a host shows a certificate with its name from an authority that is not public. Only with the setting NetworkProbeEnabled and while another issue is open that the hosts can cause; it ends with that issue. A certificate with another name, as of a captive portal, and a host that is not reached are no sign. A good handshake does not exclude an inspection by a proxy of the network settings.',
  admin: {
    text: 'Exclude these hosts from the inspection: app-site-association.cdn-apple.com, app-site-association.networking.apple, login.microsoftonline.com, login.microsoft.com, sts.windows.net and config.edge.skype.com.',
    steps: ['Exclude the hosts from the inspection.', 'Restart the Mac.'],
    confirm: [
      'The hosts are reached with a public certificate: psso-monitor doctor --network',
      'Sign-in works on another network.',
    ],
  },
  links: [links.troubleshooting, links.ssoPlugin, links.appleAuthentication],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
