import { onlyEntra, passwordOnly } from '../fact-values.ts';
import * as links from '../links.ts';
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
      confirm: ['The sign-in method in the output of: psso-monitor status --json'],
    },
    links: [links.appleAuthentication, links.platformSso],
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
