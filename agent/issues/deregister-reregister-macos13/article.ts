import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const deregisterReregisterMacos13 = (idp: ProviderNames): Article => ({
  title: 'On macOS 13: remove the registration, then register again',
  meaning: 'The registration is broken, and macOS 13 has no Repair: it has to be removed and made again.',
  reliabilityNote:
    'The version and the loss of the registration are both fields. The number of state 2 comes from a decompile.',
  evidenceNote:
    'macOS below 14, and a registration that was lost. macOS 13 prints fewer fields: a field that is absent is no failure.',
  admin: {
    text: 'macOS shows no confirmation of a removed registration: it is removed once the device configuration is (null) or registrationCompleted is false. Prefer macOS 14 or later. On 13 the method is the top-level AuthenticationMethod, on 14 and later the one inside PlatformSSO; a mixed fleet needs both in one profile.',
    steps: [
      idp.deregister,
      'Check that the old registration is gone before the new one: psso-monitor once',
      'Plan the update to macOS 14 or later.',
    ],
    confirm: [
      'The profile carries AuthenticationMethod at its top level, for macOS 13.',
      `${idp.devices}: remove the old device object, once the new registration works.`,
    ],
  },
  links: [links.troubleshooting, links.intune],
  fixedIn: 'macOS 14',
  reviewBy: '2027-10-31',
});
