import type { ProviderNames } from '../../shared/identity-provider.ts';
import type { Article } from '../article.ts';
import * as links from '../links.ts';

export const pssoNotRegistered = (idp: ProviderNames): Article => ({
  title: 'Platform SSO is configured but not registered',
  meaning:
    'The profile is on the Mac, and the device or the user has not registered yet. Once the Mac is registered, System Settings can say “Registered” although this user has never registered.',
  reliabilityNote:
    'registrationCompleted false and the (null) sections were measured on real Macs; a profile beside nothing but (null) was not.',
  evidenceNote:
    'Two readings of a device configuration without a completed registration, or without a user section, or with a user who needs registration and has never signed in; or a profile with Platform SSO for a quarter of an hour in which app-sso prints (null) for everything. Local admin accounts, accounts in NonPlatformSSOAccounts, the first minutes after the profile and a second user of a shared Mac look like this too.',
  admin: {
    text: `macOS asks the user automatically. Check that the notification is not suppressed by a Focus or a profile, that ${idp.app} is installed, and that this user is meant to register. A registered device without a user section may be a second account that needs none. A user section in state 2 without a last login, a login configuration or tokens is a first registration: nothing has to be repaired.`,
    steps: [
      'Click the notification “Registration Required”, or open Network Account Server > Register, or Edit > Repair.',
      `Check that ${idp.app} is installed and the profile is assigned.`,
      'Where macOS says that Platform SSO is not configured, check that the profile fits its version: macOS 13 reads AuthenticationMethod at the top level, macOS 14 and later inside PlatformSSO.',
      'List accounts that must not register in NonPlatformSSOAccounts (macOS 15 and later).',
    ],
    confirm: [
      'MDM: the profile is assigned to this user and Mac.',
      'MDM: notifications of Platform SSO are allowed.',
      idp.id === 'entra'
        ? 'Entra: the user may join devices.'
        : `In ${idp.adminConsole}: the user may use Platform SSO.`,
    ],
  },
  links: [links.intune, links.joinWithCompanyPortal, links.appleRegistration, links.fleetOutputs],
  fixedIn: null,
  reviewBy: '2027-10-31',
});
