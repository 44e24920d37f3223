import { onlyEntra, passwordOnly } from '../fact-values.ts';
import * as links from './links.ts';
import type { UndetectedIssue } from './undetected-issue.ts';

const notReceived = ['password-change-prompt-pending', 'password-change-window-overdue'];

/** What concerns the password of the Mac, and has no detector. */
export const passwordEntries: readonly UndetectedIssue[] = [
  {
    id: 'temporary-password-not-synced',
    severity: 'medium',
    methods: passwordOnly,
    providers: onlyEntra,
    possibleCauseOf: notReceived,
    title: 'A temporary password can’t reach the Mac',
    meaning:
      'An admin reset the password to a temporary one. macOS can’t use it: the user must first set a password of their own.',
    reason: 'On the Mac it looks like any wrong password. Only the sign-in log of Entra ID shows it.',
    admin: {
      text: 'Prefer a self-service reset of the password.',
      steps: [
        'Ask the user to sign in in a browser, and to set a new password there.',
        'Then lock the Mac, and unlock it with the new password.',
      ],
      confirm: ['Sign-in log: 50055 (the password is expired).'],
    },
    links: [links.troubleshooting, links.errorCodes],
  },
  {
    id: 'password-reset-elsewhere-old-password-still-works',
    severity: 'info',
    methods: passwordOnly,
    title: 'The old password works until the new one has reached the Mac',
    meaning:
      'After a password change on another device both passwords unlock the Mac until macOS has the new one. After the old one, macOS asks for the new one.',
    reason: 'It is expected behaviour and no fault.',
    admin: {
      text: 'Nothing is to be repaired.',
      steps: ['Ask the user to unlock the Mac with the new password.'],
      confirm: ['The old password stops to work after the sync.'],
    },
    links: [links.troubleshooting, links.appleAuthentication],
  },
  {
    id: 'forgotten-password-recovery-removes-registration',
    kind: 'cause',
    severity: 'medium',
    breaksSignIn: true,
    title: 'The recovery of a forgotten password removed the registration',
    meaning:
      'After the recovery of a forgotten local password the user must register again. This is documented and expected.',
    reason:
      'macOS does not say how a password was set. It is named as a cause when the registration is gone within a day after a new local password.',
    admin: {
      text: 'Store the FileVault recovery key in the MDM, and expect a new registration after each recovery.',
      steps: ['Register again.'],
      confirm: ['Ask whether the password was reset with a recovery key or by the MDM.'],
    },
    links: [links.troubleshooting],
  },
  {
    id: 'filevault-new-password-pre-macos15',
    severity: 'high',
    methods: passwordOnly,
    title: 'FileVault takes only the old password',
    meaning:
      'Before macOS 15, and on Macs with an Intel processor, FileVault knows a new work password only after it has reached the Mac. After a restart the user must type the old one.',
    reason:
      'The agent does not read the state of FileVault, and it does not run before the user has logged in.',
    admin: {
      text: 'With macOS 15 and Apple silicon, FileVaultPolicy AttemptAuthentication lets FileVault ask the identity provider.',
      steps: [
        'Type the old password at FileVault, then the new one at the prompt of macOS.',
        'Otherwise use the recovery key.',
      ],
      confirm: [
        'FileVault is on: fdesetup status.',
        'The macOS version, and FileVaultPolicy in the profile.',
      ],
    },
    links: [links.troubleshooting, links.applePayload],
  },
  {
    id: 'login-keychain-password-mismatch-after-sync',
    severity: 'medium',
    methods: passwordOnly,
    title: 'The login keychain still has the old password',
    meaning:
      'After a password sync macOS can ask for the old password once, to update the login keychain. If the user closes that window, keychain prompts follow.',
    reason: 'A command that checks the keychain can show a prompt to the user.',
    admin: {
      text: 'Tell users to type the old password of the Mac once, when macOS asks for it.',
      steps: ['Open Keychain Access, and change the password of the login keychain.', 'Otherwise reset it.'],
      confirm: ['The prompts began after the password sync.'],
    },
    links: [links.oktaVersions, links.appleAuthentication],
  },
  {
    id: 'idp-account-locked',
    severity: 'medium',
    methods: passwordOnly,
    possibleCauseOf: notReceived,
    breaksSignIn: true,
    title: 'The identity provider locked the account',
    meaning:
      'Too many attempts with a wrong password locked the account. Then the correct password is refused too. macOS can make such attempts with an old password.',
    reason: 'Only the log of the identity provider shows a locked account.',
    admin: {
      text: 'Find the device that still uses the old password before you unlock the account.',
      steps: ['Unlock the account, or wait for the end of the lock.', 'Sign in with the new password.'],
      confirm: ['The sign-in log of the identity provider says that the account is locked.'],
    },
    links: [links.oktaTroubleshooting, links.passwordPolicies, links.appleAuthentication],
  },
  {
    id: 'ad-bound-or-hybrid-unsupported',
    severity: 'high',
    methods: passwordOnly,
    providers: onlyEntra,
    possibleCauseOf: notReceived,
    title: 'The Mac is bound to Active Directory',
    meaning:
      'Platform SSO with Entra ID needs a local account. A mobile account of Active Directory keeps its own password, and hybrid join is not supported.',
    reason: 'The agent does not read whether the Mac is bound and whether the account is a mobile one.',
    admin: {
      text: 'Change mobile accounts to local accounts, then remove the binding.',
      steps: ['Change the account to a local one.', 'Remove the binding.', 'Register again.'],
      confirm: ['dsconfigad -show prints a domain.', 'dscl . -read of the user shows OriginalNodeName.'],
    },
    links: [links.troubleshooting],
  },
  {
    id: 'kerberos-sso-syncs-local-password',
    severity: 'medium',
    methods: passwordOnly,
    possibleCauseOf: notReceived,
    title: 'The Kerberos extension sets the local password too',
    meaning:
      'A profile of the Kerberos extension has syncLocalPassword. It and Platform SSO then both set the password of the Mac.',
    reason: 'The agent does not read the payload of the Kerberos extension.',
    admin: {
      text: 'One program alone can set the local password.',
      steps: ['Set syncLocalPassword to false in the Kerberos payload.'],
      confirm: ['The Kerberos payload of the MDM: syncLocalPassword.'],
    },
    links: [links.appleDeployment, links.kerberosWithEntra],
  },
  {
    id: 'third-party-password-sync-conflict',
    severity: 'medium',
    methods: passwordOnly,
    possibleCauseOf: notReceived,
    title: 'Another program sets the local password too',
    meaning:
      'Jamf Connect, XCreds or NoMAD also sets the password of the Mac. The two programs replace the password of each other.',
    reason: 'The agent does not read which of these programs are installed and what they are set to do.',
    admin: {
      text: 'Keep one program that sets the local password.',
      steps: ['Turn off the password sync of the other program, or remove the program.'],
      confirm: ['Jamf Connect, XCreds or NoMAD is installed and sets passwords.'],
    },
    links: [links.appleDeployment],
  },
  {
    id: 'secure-enclave-password-monitor-not-applicable',
    severity: 'info',
    methods: ['secureEnclaveKey', 'smartCard'],
    title: 'With this method the work password is not the password of the Mac',
    meaning:
      'With a Secure Enclave key or a smart card macOS never sets the local password. A change of the work password does not concern the Mac.',
    reason: 'It is expected behaviour. The password window says that it does not apply.',
    admin: {
      text: 'Nothing is to be repaired.',
      steps: ['Tell the user that the Mac keeps its own password.'],
      confirm: ['The method: psso-monitor status.'],
    },
    links: [links.appleAuthentication, links.platformSso],
  },
  {
    id: 'screen-unlock-mode-conflict',
    severity: 'high',
    methods: ['password', 'smartCard'],
    breaksSignIn: true,
    title: 'A hardening rule breaks the unlock of the screen',
    meaning:
      'The rule os_unlock_active_user_session_disable sets screenUnlockMode to 1. The unlock with Platform SSO or a smart card then fails, or Touch ID is off.',
    reason: 'The agent does not read the settings of the login window.',
    admin: {
      text: 'Do not use this rule of the macOS Security Compliance Project together with Platform SSO.',
      steps: ['Remove screenUnlockMode from the profile or the script that sets it.'],
      confirm: ['defaults read /Library/Preferences/com.apple.loginwindow screenUnlockMode prints 1.'],
    },
    links: [
      {
        title: 'macOS Security Compliance Project: issue 579',
        url: 'https://github.com/usnistgov/macos_security/issues/579',
      },
    ],
  },
  {
    id: 'se-key-lost-after-password-reset',
    kind: 'cause',
    severity: 'high',
    breaksSignIn: true,
    title: 'A reset of the local password removed the keys of Platform SSO',
    meaning:
      'A reset of the local password without the old one, with a recovery key or by the MDM, resets the keys in the Secure Enclave. The user must register again.',
    reason:
      'macOS does not say how a password was set. It is named as a cause when a registration is lost within a day after a new local password.',
    admin: {
      text: 'Prefer a change of the password to a reset. Expect a new registration after each reset.',
      steps: ['On macOS 14 or later: Network Account Server > Edit > Repair.', 'Otherwise register again.'],
      confirm: ['Ask whether the local password was reset.'],
    },
    links: [links.troubleshooting],
  },
];
