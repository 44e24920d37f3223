import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const ssoTokensMissing = (idp: ProviderNames): Article => ({
  title: 'There are no sign-in tokens',
  meaning:
    'Single sign-on does not work: the registration is complete, and no tokens were received with it, or they are gone. Apps ask the user to sign in.',
  reliabilityNote:
    'app-sso prints no SSO Tokens section (seen on a Mac with macOS 15.5), or one without any time.',
  evidenceNote:
    'The device and the user are registered, no time of tokens is printed, online, and still so after 5 minutes in use. Just after a registration or a start of the Mac this is normal and ends soon.',
  admin: {
    text: `Apple: macOS asks for tokens at the next unlock if they are missing. If none come, something stops the request: ${idp.signInPolicy}, a proxy that inspects TLS, or a device that ${idp.name} no longer knows.`,
    steps: [
      'Connect to the internet, lock the screen, unlock it with the password.',
      'On macOS 14 or later: Network Account Server > Edit > Authenticate; if it stays, Repair.',
      'Read what macOS logged in the archive of: psso-monitor diagnose',
    ],
    confirm: [
      `${idp.signInLog}: ${idp.id === 'entra' ? '53003 (blocked by Conditional Access) or another' : 'a'} refusal.`,
      `${idp.devices}: the device object is there and enabled.`,
      `The sign-in addresses of ${idp.vendor} and Apple are exempt from TLS inspection.`,
    ],
  },
  links: [links.appleTokens, links.troubleshooting],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
