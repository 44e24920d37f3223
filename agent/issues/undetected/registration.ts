import {
  onlyEntra,
  passwordOnly,
  registrations,
  sinceMacos14,
  unfinishedRegistrations,
} from '../fact-values.ts';
import * as links from '../links.ts';
import type { UndetectedIssue } from './undetected-issue.ts';

const sinceMacos15 = { from: '15', below: null } as const;
const sinceMacos26 = { from: '26', below: null } as const;

/** What stops or removes a registration, and has no detector. */
export const registrationEntries: readonly UndetectedIssue[] = [
  {
    id: 'company-portal-autoupdate-after-install',
    kind: 'cause',
    severity: 'medium',
    macos: sinceMacos14,
    providers: onlyEntra,
    title: 'Company Portal updated itself during the registration',
    meaning:
      'A version of Company Portal that was just installed updates itself. The registration that runs at that time fails.',
    reason:
      'An update of Company Portal is no problem by itself. It is named as a cause when a first registration is not complete.',
    admin: {
      text: 'Deploy the newest version of Company Portal, so that it does not update itself at once.',
      steps: ['Wait for the end of the update.', 'Close Company Portal, open it, and register again.'],
      confirm: ['The event company-portal-updated shortly before the registration failed.'],
    },
    links: [
      {
        title: 'intune-my-macs: registration fails after the installation (issue 16)',
        url: 'https://github.com/microsoft/intune-my-macs/issues/16',
      },
    ],
  },
  {
    id: 'company-portal-update-triggers-reregistration',
    kind: 'cause',
    severity: 'medium',
    macos: sinceMacos14,
    providers: onlyEntra,
    breaksSignIn: true,
    title: 'macOS asks for the registration again after an update of Company Portal',
    meaning:
      'After an update of Company Portal macOS loads its single sign-on again and can lose its configuration. The user is then asked to register again.',
    reason:
      'Most updates of Company Portal lose nothing. It is named as a cause when a registration is lost within an hour of use after an update.',
    admin: {
      text: 'Restart the Mac first. A new registration is needed only if macOS still asks after the restart. Update Company Portal on a few Macs first.',
      steps: ['Restart the Mac.', 'If macOS still asks: register, or use Edit > Repair.'],
      confirm: ['The time of the event company-portal-updated, shortly before the registration was lost.'],
    },
    links: [links.companyPortalUpdates],
    reviewBy: '2027-05-31',
  },
  {
    id: 'auth-method-unsupported-by-idp',
    severity: 'medium',
    possibleCauseOf: unfinishedRegistrations,
    breaksSignIn: true,
    title: 'The extension does not support the sign-in method of the profile',
    meaning:
      'The profile asks for a sign-in method that the extension of the identity provider does not support. macOS then never starts the registration, and shows nothing.',
    reason:
      'macOS does not tell which methods an extension supports. A registration that does not start looks the same with other causes.',
    admin: {
      text: 'Use a method that the identity provider and the macOS version both support.',
      steps: [
        "Compare AuthenticationMethod of the profile with the identity provider's documentation.",
        'Correct the profile. macOS asks for the registration when it arrives.',
      ],
      confirm: ['The identity provider supports the method with this version of its app.'],
    },
    links: [links.applePlatformSso],
  },
  {
    id: 'upgrade-13-to-14-shared-keys-reregister',
    kind: 'cause',
    severity: 'low',
    macos: sinceMacos14,
    title: 'The upgrade from macOS 13 needs a new registration',
    meaning:
      'With shared device keys, macOS 14 and later ask each user to register again after an upgrade from macOS 13.',
    reason: 'It is expected. It is named as a cause when the registration is lost after the upgrade.',
    admin: {
      text: 'Tell users before the upgrade that macOS asks for a new registration.',
      steps: ['Let the user follow the notification of macOS, and register.'],
      confirm: ['UseSharedDeviceKeys is true in the profile.'],
    },
    links: [links.intune],
  },
  {
    id: 'ca-blocks-registration',
    severity: 'high',
    providers: onlyEntra,
    possibleCauseOf: [...registrations, 'sso-tokens-missing', 'sso-tokens-expired'],
    breaksSignIn: true,
    title: 'A Conditional Access policy blocks the registration or the tokens',
    meaning:
      'A policy asks for a compliant device, an approved app or an authentication strength that this sign-in can’t give. The registration fails, or no tokens come.',
    reason: 'Only the sign-in log of Entra ID names the policy.',
    admin: {
      text: 'Do not require a compliant device for the registration itself. Policies with an authentication strength can also stop the refresh of tokens.',
      steps: [
        'Find the failed sign-in of the user in the sign-in log.',
        'Exclude the registration from the policy that it names.',
      ],
      confirm: ['Sign-in log: 53000, 53003 or 530003, and the policy under Conditional Access.'],
    },
    links: [links.errorCodes, links.ssoPlugin],
  },
  {
    id: 'sequoia-device-config-corruption',
    kind: 'cause',
    severity: 'high',
    macos: { from: '15', below: '16' },
    breaksSignIn: true,
    title: 'macOS 15.0 to 15.2 damages the device configuration',
    meaning:
      'Two processes of macOS write the device configuration at the same time and damage it. macOS then asks for a registration again and again.',
    reason:
      'Only the log of macOS proves it. It is named as a cause when a registration is lost on these versions.',
    admin: {
      text: 'Update to macOS 15.3 or later. Register again after the update.',
      steps: ['Update macOS to 15.3 or later.', 'Register again.'],
      confirm: ['Log of macOS: "Error deserializing device config.", code -1001 of com.apple.PlatformSSO.'],
    },
    links: [links.troubleshooting],
    fixedIn: 'macOS 15.3',
  },
  {
    id: 'registration-stuck-code-1004',
    kind: 'cause',
    severity: 'medium',
    macos: sinceMacos15,
    breaksSignIn: true,
    title: 'The registration stays incomplete after an update of macOS',
    meaning:
      'After an update macOS says that the registration failed and that it will try again. Each new attempt fails too.',
    reason:
      'Its error code is only in the log of macOS. It is named as a cause when a registration is lost after an update of macOS.',
    admin: {
      text: 'A restart often ends it. If not, deregister this Mac and register again.',
      steps: ["Close the identity provider's app.", 'Restart the Mac, and try again.'],
      confirm: ['Log of macOS: com.apple.PlatformSSO, code -1004.'],
    },
    links: [links.appleRegistration],
    reviewBy: '2027-05-31',
  },
  {
    id: 'registration-prompt-suppressed',
    kind: 'cause',
    severity: 'medium',
    macos: sinceMacos14,
    title: 'A Focus or a setting hides the notification of macOS',
    meaning:
      'macOS asks for the registration or the password with a notification. With a Focus, or with notifications turned off, the user does not see it.',
    reason:
      'macOS does not tell whether a notification was seen. It is named as a cause when a Focus is on while macOS asks; a Focus is often not readable.',
    admin: {
      text: 'Allow the notifications of Platform SSO by a profile for notifications.',
      steps: [
        'Ask the user to turn off the Focus.',
        'Open Network Account Server, and register or sign in there.',
      ],
      confirm: ['System Settings > Notifications: Platform SSO is allowed.'],
    },
    links: [links.pseudo, links.scripts],
  },
  {
    id: 'setup-assistant-extension-missing',
    severity: 'medium',
    macos: sinceMacos26,
    providers: onlyEntra,
    title: 'Setup Assistant does not find the extension',
    meaning:
      'During the enrollment Company Portal arrives too late, and Setup Assistant says that there is an issue with the extension.',
    reason: 'The agent does not run in Setup Assistant.',
    admin: {
      text: 'Deploy Company Portal 5.2604.0 or later as a line-of-business app. Assign the app and both profiles to the same static group of users.',
      steps: ['Choose Try Again in Setup Assistant, up to three times.'],
      confirm: ['The app, the profile and the enrollment are assigned to the same group of users.'],
    },
    links: [links.duringEnrollment, links.troubleshooting],
  },
  {
    id: 'setup-assistant-extension-temporarily-unavailable',
    severity: 'low',
    macos: sinceMacos26,
    providers: onlyEntra,
    title: 'The extension is not ready in the first seconds after Setup Assistant',
    meaning: 'macOS checks the new app for 10 to 15 seconds. A first sign-in in this time fails.',
    reason: 'It ends before the agent has polled twice.',
    admin: {
      text: 'It ends by itself.',
      steps: ['Close Company Portal, and open it again.'],
      confirm: ['A second sign-in works.'],
    },
    links: [links.companyPortalUpdates],
  },
  {
    id: 'setup-assistant-prt-not-saved',
    kind: 'cause',
    severity: 'medium',
    macos: sinceMacos26,
    methods: passwordOnly,
    providers: onlyEntra,
    breaksSignIn: true,
    title: 'Setup Assistant did not save the tokens',
    meaning:
      'After a registration in Setup Assistant with the method password, the tokens are missing until the Mac is restarted.',
    reason:
      'The missing tokens have an issue of their own. It is named as a cause on a new account without a restart.',
    admin: {
      text: 'A restart ends it.',
      steps: ['Restart the Mac.'],
      confirm: ['The account is new, and the Mac was not restarted since the setup.'],
    },
    links: [links.companyPortalUpdates],
    reviewBy: '2027-05-31',
  },
  {
    id: 'setup-assistant-misconfigured-needs-wipe',
    severity: 'high',
    macos: sinceMacos26,
    breaksSignIn: true,
    title: 'A wrong configuration for Setup Assistant needs an erased Mac',
    meaning:
      'A wrong EnableRegistrationDuringSetup can’t be corrected on a Mac that is set up with it. Some wrong keys stop Setup Assistant.',
    reason: 'The agent does not run in Setup Assistant.',
    admin: {
      text: 'Correct the profile first. Then erase the Mac and enroll it again.',
      steps: ['Correct the profile.', 'Erase the Mac and enroll it again.'],
      confirm: ['EnableRegistrationDuringSetup and its keys are as the identity provider documents them.'],
    },
    links: [links.duringEnrollment, links.applePayload],
  },
  {
    id: 'shared-mac-repeat-login-failure',
    severity: 'high',
    macos: sinceMacos26,
    methods: ['password', 'smartCard'],
    breaksSignIn: true,
    title: 'Repeated logins fail on a shared Mac',
    meaning:
      'On a Mac with many users, the login window refuses further users or stops after the first ones.',
    reason: 'The agent runs in the session of a user, and not at the login window.',
    admin: {
      text: 'A restart helps for some time. Send the logs to Apple.',
      steps: ['Restart the Mac.', 'Collect a sysdiagnose as soon as it happens again.'],
      confirm: ['Log of macOS: "No driver config for user.", code -1001 of com.apple.PlatformSSO.'],
    },
    links: [links.appleDeployment],
    reviewBy: '2027-05-31',
  },
  {
    id: 'shared-keys-missing-for-multiuser',
    severity: 'medium',
    macos: sinceMacos14,
    methods: ['password', 'smartCard'],
    possibleCauseOf: unfinishedRegistrations,
    title: 'A second user needs shared device keys',
    meaning:
      'Only one user of a Mac can register without shared device keys. A second one can’t register or sign in.',
    reason: 'A second account is often the account of an administrator, and needs no registration.',
    admin: {
      text: 'Set UseSharedDeviceKeys by the device channel. Each user then registers again.',
      steps: ['Set UseSharedDeviceKeys to true.', 'Register each user again.'],
      confirm: ['More than one person uses this Mac.', 'The profile: UseSharedDeviceKeys.'],
    },
    links: [links.sharedMacs, links.applePayload],
  },
];
