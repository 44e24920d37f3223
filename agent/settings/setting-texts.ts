import type { SettingKey } from './schema.ts';

/**
 * The words of each setting: for the settings page, the Jamf schema, the manifest, the profiles and
 * completion. They are apart from the definitions, which the resident agent carries.
 */
export const settingTexts: Readonly<
  Record<SettingKey, { readonly title: string; readonly description: string }>
> = {
  PollIntervalSeconds: {
    title: 'Poll interval',
    description: 'Time between polls while no issue is open.',
  },
  TroublePollIntervalSeconds: {
    title: 'Poll interval during a problem',
    description:
      'Time between polls while the state may change soon: in the first hour of an issue, for an hour after a notification, and while a changed password may wait for an unlock of the screen.',
  },
  IgnoredIssues: {
    title: 'Ignored issues',
    description: 'Issues that are not detected: neither recorded nor shown.',
  },
  UnifiedLogEnabled: {
    title: 'Unified log as evidence',
    description:
      'Whether the agent adds entries of the unified log to the evidence of an issue that opens. Only members of the admin group may read the log, and each read costs two seconds of processor time.',
  },
  NetworkProbeEnabled: {
    title: 'Probe of the sign-in hosts',
    description:
      'Whether the agent connects to the hosts of Apple and Microsoft that Platform SSO needs, while an issue is found or open that they can cause: one TLS handshake with each of eight hosts, without a request. At most each 15 minutes until two results are the same, then at most once an hour. Only with Entra ID. It finds a proxy that inspects these connections.',
  },
  NotificationsEnabled: {
    title: 'Notifications',
    description: 'Whether notifications are shown. Issues are recorded either way.',
  },
  NotificationChannel: {
    title: 'Notification channel',
    description: 'automatic uses the first installed program of swiftDialog, IBM Notifier and osascript.',
  },
  Reminders: {
    title: 'Reminders',
    description:
      'Reminders of an issue that stays open: usual, by the cadence of each issue (docs/known-issues.md); once, no reminder; daily, once a day for two weeks.',
  },
  MaximumNotificationsPerDay: {
    title: 'Notifications a day',
    description: 'Maximum number of notifications a day, for all issues together.',
  },
  QuietHours: {
    title: 'Quiet hours',
    description:
      'Local times between which no notification is shown; may cross midnight. None by default, because a notification is only shown while the user is at the unlocked Mac.',
  },
  DisabledIssues: {
    title: 'Issues never shown',
    description: 'Issues that are recorded and never shown to the user.',
  },
  Language: {
    title: 'Language',
    description: "The language of the notifications; automatic is the user's language.",
  },
  OrganizationName: {
    title: 'Name of the organisation',
    description: "The name of the organisation, in the report and in the user's texts.",
  },
  HelpdeskName: {
    title: 'Name of the helpdesk',
    description: 'Replaces “your IT support” in every text for the user.',
  },
  HelpdeskURL: {
    title: 'Address of the helpdesk',
    description:
      'A page, a mail address or an item of a self-service app. The texts for the user name it, and a notification opens it where no pane of System Settings helps.',
  },
  HelpdeskPhone: {
    title: 'Phone number of the helpdesk',
    description: 'The phone number, as a user reads it.',
  },
  Issues: {
    title: 'Own words, severities and rules',
    description:
      'By issue id: switch an issue on or off, set its severity, cadence, title, text, steps and link; an id that begins with `org-` is an issue of yours, with a condition.',
  },
  RetentionDays: {
    title: 'Retention',
    description:
      'How long events are kept. Older events are deleted once a day, at most a week of history at a time, the oldest first.',
  },
  StoredIdentity: {
    title: 'Stored identity',
    description:
      'What v_state says about the user and the device: none, nothing; hashed, a digest that changes only with the key; full, the account name and the device ID of Entra. Events have this ID in any case, and no name.',
  },
  IdentityHashKey: {
    title: 'Key of the digests',
    description:
      'With StoredIdentity hashed: a secret, so that a user has the same digest on every Mac. Without it each Mac has another key.',
  },
  LogLevel: {
    title: 'Log level',
    description: 'The lowest level that the log of the agent contains.',
  },
  CollectURL: {
    title: 'Where the histories are collected',
    description:
      'Where the script collect.sh sends the histories of this Mac: an address for HTTPS PUT, or a folder of a mounted share. Without it nothing is sent. The agent does not use it. Every user of the Mac can read it, so the right in it must be to write only.',
  },
  UnifiedLogIssues: {
    title: 'Issues in the unified log',
    description:
      'Whether the agent writes a line into the unified log of macOS when an issue opens or is resolved, for a tool that collects this log. The line has the id of the issue, its severity and one sentence. It has the subsystem io.github.psso-monitor where macOS has `log emit`; elsewhere it begins with `psso-monitor: ` and its process is logger.',
  },
  IdpPasswordChangedAt: {
    title: 'Password changed in the identity provider at',
    description: 'A time that the Mac does not have. With it the lag of a password sync is exact.',
  },
  IdpMinimumPasswordLength: {
    title: "The identity provider's minimum password length",
    description: 'The agent compares the local password rules with it; Entra has 8.',
  },
  IdpCharacterClasses: {
    title: "The identity provider's character classes",
    description: 'Number of required classes of lower case, upper case, digit and symbol; Entra has 3.',
  },
};
