/** One statement of Microsoft's troubleshooting article, in own words, and what answers it. */
export interface Statement {
  readonly number: number;
  readonly statement: string;
  /** Why the answer differs from the article of 2023: Microsoft's newer text holds. */
  readonly newer?: string;
  /** The arguments of `psso-monitor`; ARCHIVE is a new file. */
  readonly command: readonly string[];
  /** The Mac that the command asks: the history of a scenario, or none. */
  readonly after?: string;
  /** Each must be in the output. */
  readonly says: readonly (string | RegExp)[];
}

const explain = (issue: string) => ['explain', issue];
const validate = ['validate'];
const diagnose = ['diagnose', '--yes', '--out', 'ARCHIVE'];
const permissions = 'insufficient-join-permissions-silent';
const closed = 'registration-prompt-closed';

/** Facts of "macOS Platform single sign-on known issues and troubleshooting" (3 November 2023). */
export const statements: readonly Statement[] = [
  {
    number: 1,
    statement: 'After the deployment, scenarios are validated on a Mac.',
    command: validate,
    after: 'password-change-prompt-pending',
    says: [
      'Preconditions: ',
      'Registration: ',
      'A new password reaches the Mac: ',
      'Repair of a registration: ',
      'Migration from Workplace Join: ',
    ],
  },
  {
    number: 2,
    statement: 'A password that was changed by self-service reset reaches the Mac.',
    command: validate,
    after: 'password-change-prompt-pending',
    says: [/A new password reaches the Mac: Passed/, 'macOS set the local password'],
  },
  {
    number: 3,
    statement: 'To validate it, the password is changed by self-service password reset.',
    command: validate,
    after: 'psso-not-registered.twin-taken-up-at-once',
    says: ['by self-service password reset'],
  },
  {
    number: 4,
    statement: 'macOS asks for the changed password within four hours.',
    command: validate,
    after: 'psso-not-registered.twin-taken-up-at-once',
    says: ['asks for the new password within 4 hours'],
  },
  {
    number: 5,
    statement: 'A user who must type the new password is asked for it.',
    command: explain('password-change-prompt-pending'),
    says: ['enter the new one: the password that you sign in to your work apps with'],
  },
  {
    number: 6,
    statement: 'A problem that the scenarios show is reported.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: ['Send diagnostic report'],
  },
  {
    number: 7,
    statement: 'macOS 14 and later repair a registration in place.',
    command: explain('registration-needs-repair'),
    says: ['macOS 14 and later can repair it in place'],
  },
  {
    number: 8,
    statement: 'The way to Repair: Users & Groups, Network Account Server, Edit, Repair.',
    command: explain('registration-needs-repair'),
    says: ['System Settings > Users & Groups > Network Account Server > Edit > Repair'],
  },
  {
    number: 9,
    statement: 'Repair takes the user through the steps of the first registration.',
    command: explain('registration-needs-repair'),
    says: ['the same steps as the first registration'],
  },
  {
    number: 10,
    statement: 'A Mac with macOS 14 or later can also be deregistered completely, in Company Portal.',
    newer: 'The button is called Deregister.',
    command: explain('registration-needs-repair'),
    says: ['Company Portal > Preferences > Deregister (older versions: Unregister or Sign out)'],
  },
  {
    number: 11,
    statement: 'macOS 13 has no Repair: the Mac is removed in Company Portal.',
    newer: 'The button is called Deregister.',
    command: explain('deregister-reregister-macos13'),
    says: ['macOS 13 has no Repair', 'Open Company Portal > Preferences.', 'Choose “Deregister”'],
  },
  {
    number: 12,
    statement: 'The older button is Unregister.',
    newer: 'Named as that of older versions.',
    command: explain('deregister-reregister-macos13'),
    says: [/older versions say “Unregister”/],
  },
  {
    number: 13,
    statement: 'Signing out of the work account in Company Portal does the same.',
    newer: 'Named as that of older versions.',
    command: explain('deregister-reregister-macos13'),
    says: [/“Unregister” or “Sign out”/],
  },
  {
    number: 14,
    statement: 'The removal is silent: nothing confirms it.',
    command: explain('deregister-reregister-macos13'),
    says: ['macOS shows no confirmation of a removed registration', 'You won’t see a confirmation.'],
  },
  {
    number: 15,
    statement: 'After a removal the Mac is registered again, with Company Portal.',
    command: explain('deregister-reregister-macos13'),
    says: ['Sign in to Company Portal again and follow the steps.'],
  },
  {
    number: 16,
    statement: 'The validation names the way that this version of macOS has: 14 and later.',
    command: validate,
    after: 'password-change-prompt-pending',
    says: ['Network Account Server > Edit > Repair'],
  },
  {
    number: 17,
    statement: 'The validation proves the way of macOS 13.',
    command: validate,
    after: 'deregister-reregister-macos13',
    says: [/Repair of a registration: Passed/],
  },
  {
    number: 18,
    statement: 'A registration removes the key of an earlier Workplace Join.',
    command: validate,
    after: 'wpj-key-not-removed-after-migration.twin-still-cleaning-up',
    says: [/Migration from Workplace Join: Passed/],
  },
  {
    number: 19,
    statement: 'A key that stays in Keychain Access is a problem.',
    command: explain('wpj-key-not-removed-after-migration'),
    says: ['must no longer be in the login keychain'],
  },
  {
    number: 20,
    statement: 'With local password rules that are stricter than those of Entra, the synchronisation fails.',
    command: explain('passcode-policy-complexity-mismatch'),
    says: ['may fail the Mac’s own rules, and then password synchronisation fails'],
  },
  {
    number: 21,
    statement: 'The rules of MDM and Entra are made identical.',
    command: explain('passcode-policy-complexity-mismatch'),
    says: ['Make the rules identical'],
  },
  {
    number: 22,
    statement:
      'On macOS 14, a registration that failed in Settings is offered again after about ten minutes.',
    command: explain('registration-long-running-macos14'),
    says: [
      'about 10 minutes after a failure',
      'Wait about 10 minutes. When macOS asks again, follow the steps',
    ],
  },
  {
    number: 23,
    statement: 'On macOS 13 a registration takes a few minutes.',
    command: explain('registration-long-running-macos13'),
    says: ['On macOS 13 it can take a few minutes'],
  },
  {
    number: 24,
    statement: 'On macOS 13, after a failure, the user waits a few minutes and tries again when asked.',
    command: explain('registration-long-running-macos13'),
    says: ['Wait a few minutes, and try again if macOS asks you to.'],
  },
  {
    number: 25,
    statement:
      'A registration whose sign-in window was closed needs a sign-out of the Mac and a new sign-in.',
    command: explain(closed),
    says: ['log out of the Mac and in again'],
  },
  {
    number: 26,
    statement: 'The user reads it, on macOS 14 and later.',
    command: explain('registration-long-running-macos14'),
    says: [
      'If the sign-in window was closed and macOS doesn’t ask again, save your work, log out of your Mac and log in again.',
    ],
  },
  {
    number: 27,
    statement: 'The user reads it before the first registration.',
    command: ['advice'],
    after: 'psso-not-registered until it opens',
    says: ['If the sign-in window was closed and macOS doesn’t ask again'],
  },
  {
    number: 28,
    statement: 'After the new sign-in, the notification of the registration comes back.',
    command: explain(closed),
    says: ['Logging out and in brings the notification back'],
  },
  {
    number: 29,
    statement: 'Missing permissions to join devices show no error message.',
    command: explain(permissions),
    says: ['registration fails and no error message is shown'],
  },
  {
    number: 30,
    statement: 'The user who registers must be allowed to.',
    command: explain(permissions),
    says: ['Selected with the user among them'],
  },
  {
    number: 31,
    statement: 'The setting is in the device settings of the admin center.',
    newer: 'It is the Microsoft Entra admin center, no longer the one of Intune.',
    command: explain(permissions),
    says: ['In the Microsoft Entra admin center, open Entra ID > Devices > Overview > Device settings'],
  },
  {
    number: 32,
    statement: 'The setting for joining devices is All.',
    command: explain(permissions),
    says: ['“Users may join devices to Microsoft Entra” must be All'],
  },
  {
    number: 33,
    statement: 'The setting is saved.',
    command: explain(permissions),
    says: ['Then save, and register again.'],
  },
  {
    number: 34,
    statement: 'With per-user MFA the password step of the registration fails.',
    command: explain('per-user-mfa-blocks-password-sync'),
    says: ['the last step of registration does not accept the Entra password'],
  },
  {
    number: 35,
    statement: 'Instead, MFA is required by Conditional Access.',
    command: explain('per-user-mfa-blocks-password-sync'),
    says: ['Turn per-user MFA off for the account, and require MFA by Conditional Access instead'],
  },
  {
    number: 36,
    statement: 'That is suppressed while the Mac registers.',
    command: explain('per-user-mfa-blocks-password-sync'),
    says: ['that is suppressed while the Mac registers'],
  },
  {
    number: 37,
    statement: 'Entra recommends to turn per-user MFA off, on a page of its own.',
    command: explain('per-user-mfa-blocks-password-sync'),
    says: ['recommendation-turn-off-per-user-mfa'],
  },
  {
    number: 38,
    statement: 'A problem is reported in Company Portal: Help, Send diagnostic report.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: [/In Company Portal choose Help > Send diagnostic report/],
  },
  {
    number: 39,
    statement: 'Email logs sends the logs.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: [/Send diagnostic report >\s+Email\s+logs/],
  },
  {
    number: 40,
    statement: 'The incident ID is noted before the window is closed.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: [/incident\s+ID\s+BEFORE\s+you\s+close\s+that\s+window/],
  },
  {
    number: 41,
    statement: 'A command of Terminal shows the present state.',
    command: ['doctor'],
    after: 'registration-needs-repair',
    says: ['app-sso platform -s'],
  },
  {
    number: 42,
    statement: 'Microsoft has an address for feedback on Platform SSO.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: ['macos-sso-feedback@microsoft.com'],
  },
  {
    number: 43,
    statement: 'Detailed logs of macOS are turned on for the subsystem AppSSO.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: ['sudo log config --mode "level:debug,persist:debug" --subsystem "com.apple.AppSSO"'],
  },
  {
    number: 44,
    statement: 'Detailed logs are turned off again.',
    newer: 'The article does not say it; the setting stays until it is undone.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: ['sudo log config --reset --subsystem "com.apple.AppSSO"'],
  },
  {
    number: 45,
    statement: 'sysdiagnose collects the diagnostic data.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: [/^\s*sudo sysdiagnose$/m],
  },
  {
    number: 46,
    statement: 'The report has the steps that reproduce the problem.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: [/steps\s+that\s+reproduce\s+the\s+problem/],
  },
  {
    number: 47,
    statement: 'The report has screenshots or recordings.',
    command: diagnose,
    after: 'registration-needs-repair',
    says: [/screenshots\s+or\s+recordings/],
  },
  {
    number: 48,
    statement: 'Other pages help: joining a Mac with Company Portal.',
    command: explain('psso-not-registered'),
    says: ['device-join-microsoft-entra-company-portal'],
  },
  {
    number: 49,
    statement: 'Other pages help: troubleshooting of the Enterprise SSO plug-in.',
    command: explain('wpj-key-not-removed-after-migration'),
    says: ['troubleshoot-mac-sso-extension-plugin'],
  },
  {
    number: 50,
    statement: 'Other pages help: the Enterprise SSO plug-in.',
    command: ['catalogue', '--json'],
    says: ['apple-sso-plugin'],
  },
];
