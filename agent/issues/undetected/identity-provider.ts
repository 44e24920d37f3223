import { onlyEntra, registrations } from '../fact-values.ts';
import * as links from '../links.ts';
import type { UndetectedIssue } from './undetected-issue.ts';

const tokens = ['sso-tokens-missing', 'sso-tokens-expired', 'sso-token-refresh-overdue'];
const notProbed =
  'The agent makes no connection of its own to these hosts. `psso-monitor doctor --network` connects to them when you run it.';

/** What the identity provider or the network between does, and has no detector. */
export const identityProviderEntries: readonly UndetectedIssue[] = [
  {
    id: 'device-disabled-or-deleted-in-entra',
    severity: 'high',
    providers: onlyEntra,
    possibleCauseOf: [...tokens, 'password-change-window-overdue'],
    breaksSignIn: true,
    title: 'The device is disabled or deleted in Entra ID',
    meaning:
      'The record of this Mac in Entra ID was disabled or deleted. On the Mac the registration still looks complete, and every refresh of the tokens is refused.',
    reason: 'Only Entra ID shows the record of the device.',
    admin: {
      text: 'A cleanup of inactive devices often removes the record. A disabled record can be enabled again. After a deletion the Mac must register again.',
      steps: [
        'Find the device in the Entra admin center by its device ID.',
        'Enable it. If it is deleted: deregister this Mac and register again.',
      ],
      confirm: ['Sign-in log: 135011 (disabled), 700003 or 50155 (not found).'],
    },
    links: [links.errorCodes, links.platformSso],
  },
  {
    id: 'mfa-sif-frequent-prompts',
    severity: 'low',
    providers: onlyEntra,
    title: 'Users are asked for the second factor too often',
    meaning:
      'With a policy for the sign-in frequency, an old Company Portal asks for the second factor again and again.',
    reason: 'Only the sign-in log of Entra ID shows it. A policy can also ask for it on purpose.',
    admin: {
      text: 'Update Company Portal, and read the policy for the sign-in frequency.',
      steps: ['Update Company Portal.', 'Check the sign-in frequency in Conditional Access.'],
      confirm: ['Sign-in log: 700007 or 500139.'],
    },
    links: [links.errorCodes],
  },
  {
    id: 'wpj-secure-enclave-storage-incompatible-tools',
    severity: 'medium',
    providers: onlyEntra,
    title: 'A tool looks for the device key in the keychain',
    meaning:
      'New registrations keep the key of the device in the Secure Enclave. A tool or an old app that reads it from the login keychain does not find it and says that the Mac is not managed.',
    reason: 'A keychain without such a key is normal. Only the app that fails shows it.',
    admin: {
      text: 'Update the app or the script. It must use the broker of Company Portal.',
      steps: ['Update the app.', 'For a test only: set use_most_secure_storage to 0 and register again.'],
      confirm: ['Sign-in log: 530003 for this app only.'],
    },
    links: [links.ssoPlugin, links.scripts],
  },
  {
    id: 'tenant-restrictions-v2-proxy',
    severity: 'medium',
    providers: onlyEntra,
    possibleCauseOf: [...registrations, ...tokens],
    breaksSignIn: true,
    title: 'Tenant Restrictions v2 through a proxy stop Platform SSO',
    meaning:
      'A proxy that adds the header for Tenant Restrictions v2 opens the connections of Platform SSO. These connections then fail.',
    reason: notProbed,
    admin: {
      text: 'Platform SSO does not work through a proxy that opens its connections. Use another form of Tenant Restrictions.',
      steps: ['Exclude the sign-in hosts from the proxy.'],
      confirm: ['Sign-in log: 500021, 500022 or 50002.'],
    },
    links: [links.troubleshooting, links.errorCodes],
  },
  {
    id: 'pkeyauth-header-stripped',
    severity: 'medium',
    providers: onlyEntra,
    possibleCauseOf: tokens,
    title: 'A proxy removes the header of the device authentication',
    meaning:
      'A proxy or a security program removes the header x-ms-PkeyAuth+. Entra ID then asks the user to register a Mac that is registered.',
    reason: 'Only the traffic of the apps shows it.',
    admin: {
      text: 'Exclude the sign-in hosts from the proxy.',
      steps: ['Exclude login.microsoftonline.com and its hosts from the proxy.'],
      confirm: ['The same Mac works on a network without the proxy.'],
    },
    links: [links.ssoPlugin],
  },
  {
    id: 'network-unavailable-at-refresh',
    severity: 'info',
    title: 'macOS tried to refresh the tokens without a network',
    meaning:
      'Without a network a refresh fails, and macOS can say that the user must sign in. It ends when the network is back.',
    reason: 'It is expected. The agent does not count time without a network.',
    admin: {
      text: 'Nothing is to be repaired.',
      steps: ['Connect the Mac to a network, then lock and unlock the screen.'],
      confirm: ['The tokens are refreshed after the network is back.'],
    },
    links: [links.appleAuthentication],
  },
  {
    id: 'native-bridge-aadsts50210',
    severity: 'low',
    providers: onlyEntra,
    title: 'The browser gets no single sign-on: error 50210',
    meaning:
      'The link between the browser and Company Portal fails with a lasting error. Other apps still have single sign-on.',
    reason: 'Only the browser and the log of Company Portal show it.',
    admin: {
      text: 'Update Company Portal to 5.2603 or later. Remove the extension of the browser where it is not needed.',
      steps: ['Update Company Portal.', 'Restart the Mac.'],
      confirm: ['Sign-in log: 50210 with the browser only.'],
    },
    links: [links.pluginTroubleshooting, links.errorCodes],
    reviewBy: '2027-05-31',
  },
];
