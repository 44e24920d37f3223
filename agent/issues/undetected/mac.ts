import { onlyEntra, registrations, sinceMacos14 } from '../fact-values.ts';
import * as links from '../links.ts';
import type { UndetectedIssue } from './undetected-issue.ts';

/** What is wrong on the Mac itself or in one app, and has no detector. */
export const macEntries: readonly UndetectedIssue[] = [
  {
    id: 'key-invalid-biometrics-changed',
    kind: 'cause',
    severity: 'medium',
    macos: sinceMacos14,
    methods: ['secureEnclaveKey'],
    breaksSignIn: true,
    title: 'A changed fingerprint made the key invalid',
    meaning:
      'With a biometric policy the key in the Secure Enclave becomes invalid when the user adds or removes a fingerprint. The registration then needs a repair.',
    reason:
      'macOS does not say why a key is not valid. It is named as a cause when the key is not valid and the profile has a biometric policy.',
    admin: {
      text: 'Tell users that a new fingerprint needs a repair of the registration.',
      steps: ['Network Account Server > Edit > Repair.'],
      confirm: ['The profile has a biometric policy.', 'Ask whether a fingerprint was added or removed.'],
    },
    links: [links.platformSso, links.appleAuthentication],
  },
  {
    id: 'sso-plugin-inactive-after-os-update',
    kind: 'cause',
    severity: 'medium',
    breaksSignIn: true,
    title: 'The extension is not active after an update of macOS',
    meaning:
      'After an update macOS has old data on the link between the extension and the sign-in hosts. The extension then does not start.',
    reason:
      'Most updates of macOS break nothing. It is named as a cause when tokens are missing or not refreshed after an update.',
    admin: {
      text: 'Restart the Mac first. If that does not help, an admin resets the associated domains.',
      steps: [
        'Restart the Mac.',
        'If that does not help, end the service: sudo killall swcd',
        'Then reset the associated domains, and restart again: sudo swcutil reset',
      ],
      confirm: ['The event macos-updated before the tokens were missing.'],
    },
    links: [links.troubleshooting, links.pluginTroubleshooting, links.appleAuthentication],
  },
  {
    id: 'pluginkit-other-version-in-use',
    kind: 'cause',
    severity: 'medium',
    macos: { from: '15', below: null },
    providers: onlyEntra,
    breaksSignIn: true,
    title: 'macOS still uses the old version of the extension',
    meaning:
      'After an update of Company Portal macOS can’t load the extension, because another version is in use.',
    reason:
      'Only the log of macOS proves it. It is named as a cause when Company Portal was updated, the Mac was not restarted since, and the tokens are missing or not refreshed.',
    admin: {
      text: 'A restart ends it.',
      steps: ['Restart the Mac.'],
      confirm: ['Log of macOS: PlugInKit, code 16, "other version in use".'],
    },
    links: [links.ssoPlugin],
  },
  {
    id: 'appssoagent-empty-state',
    severity: 'low',
    title: 'app-sso prints nothing',
    meaning:
      'The command app-sso prints nothing, or only empty sections, although the Mac is registered. The state is then unknown.',
    reason:
      'A reading that failed is no issue of the registration. The agent records source-failed, and `doctor` shows it.',
    admin: {
      text: 'It often ends by itself. A script that takes an empty answer for "not registered" is wrong.',
      steps: ['Wait some minutes.', 'Log out and in again, or restart the Mac.'],
      confirm: ['The check of app-sso in the output of: psso-monitor doctor'],
    },
    links: [links.fleetOutputs],
  },
  {
    id: 'keychain-corruption',
    severity: 'medium',
    possibleCauseOf: registrations,
    breaksSignIn: true,
    title: 'The login keychain is damaged',
    meaning:
      'Errors of the keychain stop the registration, or bring the same keychain prompt again and again.',
    reason: 'A command that checks the keychain can show a prompt to the user.',
    admin: {
      text: 'Reset the login keychain only together with the user: it removes stored passwords.',
      steps: ['Log out of the Mac and in again.', 'Otherwise reset the default keychain.'],
      confirm: ['Log of the app: -25244, -25300 or -25308.'],
    },
    links: [
      {
        title: 'osquery: errors of the keychain (issue 7780)',
        url: 'https://github.com/osquery/osquery/issues/7780',
      },
    ],
  },
  {
    id: 'edge-profile-not-signed-in',
    severity: 'low',
    providers: onlyEntra,
    title: 'Edge has no work profile',
    meaning: 'Edge has single sign-on only in a profile that is signed in with the work account.',
    reason: 'The profiles of Edge are personal data. The agent does not read them.',
    admin: {
      text: 'A policy of Edge can require the sign-in.',
      steps: ['Sign in to Edge with the work account.'],
      confirm: ['Edge > Settings > Profiles shows the work account.'],
    },
    links: [links.troubleshooting],
  },
  {
    id: 'app-not-allow-listed',
    severity: 'low',
    providers: onlyEntra,
    title: 'One app has no single sign-on',
    meaning:
      "An app without Microsoft's library has single sign-on only if AppAllowList or AppPrefixAllowList of the profile names it.",
    reason: 'Only the app shows it. An app can be missing from the list on purpose.',
    admin: {
      text: "Add the app's bundle identifier to AppAllowList.",
      steps: ['Add the bundle identifier to AppAllowList.', 'Quit the app and open it again.'],
      confirm: ['Other apps have single sign-on.', 'The profile does not list the app.'],
    },
    links: [links.ssoPlugin],
  },
];
