import type { Article } from '../article.ts';

export const deregisterReregisterMacos13: Article = {
  title: 'On macOS 13: deregister, then register again',
  meaning:
    'The registration is broken, and macOS 13 has no Repair: Company Portal has to remove it and register again.',
  reliabilityNote:
    'The version and the loss of the registration are both fields. The number of state 2 comes from a decompile.',
  evidenceNote:
    'macOS below 14, and a registration that was lost. macOS 13 prints fewer fields: a field that is absent is no failure.',
  admin: {
    text: 'Deregistering says nothing when it is done: it is complete once the device configuration is (null) or registrationCompleted is false. Microsoft recommends macOS 14 or later. On 13 the method is the top-level AuthenticationMethod, on 14 and later the one inside PlatformSSO; a mixed fleet needs both in one profile.',
    steps: [
      'Company Portal > Preferences > Deregister (older versions: Unregister or Sign out).',
      'Check that it is gone: psso-monitor once.',
      'Register again in Company Portal.',
      'Plan the update to macOS 14 or later.',
    ],
    confirm: [
      'The profile carries AuthenticationMethod at its top level, for macOS 13.',
      'The old device object in Entra, once the new registration works.',
    ],
  },
  links: [
    {
      title: 'Microsoft: macOS Platform SSO known issues and troubleshooting',
      url: 'https://learn.microsoft.com/en-us/entra/identity/devices/troubleshoot-macos-platform-single-sign-on-extension',
    },
    {
      title: 'Microsoft: configure Platform SSO in Intune',
      url: 'https://learn.microsoft.com/en-us/intune/intune-service/configuration/platform-sso-macos',
    },
  ],
  fixedIn: 'macOS 14',
  reviewBy: '2027-10-31',
};
