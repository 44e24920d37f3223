import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const registrationEndpointTlsInspection: Article = {
  title: 'A TLS inspection stops the registration',
  meaning:
    'A proxy replaces the certificate of the registration hosts. The registration needs a certificate of the Mac there, and fails.',
  reliabilityNote:
    'Likely: the handshake shows the certificate of a proxy. macOS can reach the same hosts by another way, such as a proxy of the network settings or a VPN.',
  evidenceNote:
    'Two TLS handshakes 15 minutes apart, in which a host shows a certificate with its name from an authority that is not public. Only with the setting NetworkProbeEnabled and while another issue is open that the hosts can cause; it ends with that issue. A certificate with another name, as of a captive portal, and a host that is not reached are no sign. A good handshake does not exclude an inspection by a proxy of the network settings.',
  admin: {
    text: 'Exclude enterpriseregistration.windows.net and certauth.enterpriseregistration.windows.net from the inspection. Read the list of Microsoft again: it changes.',
    steps: ['Exclude the hosts from the inspection.', 'Register again.'],
    confirm: [
      'The hosts are reached with a public certificate: psso-monitor doctor --network',
      'The registration works on another network.',
    ],
  },
  links: [
    links.troubleshooting,
    {
      title: 'Microsoft: plan the deployment of devices',
      url: 'https://learn.microsoft.com/en-us/entra/identity/devices/plan-device-deployment',
    },
  ],
  fixedIn: null,
  reviewBy: '2027-10-31',
};
