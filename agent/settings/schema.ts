import type * as z from 'zod/mini';
import { isIssueId } from '../issues/issues.ts';
import { isOwnId } from '../issues/organisation.ts';
import { channelNames } from '../shared/channel-names.ts';
import { type Language, languages } from '../shared/languages.ts';
import {
  boolean,
  choice,
  instant,
  integer,
  issueIds,
  optionalLine,
  optionalLink,
  optionalPlace,
  optionalSecret,
  ownIssueEntries,
  quietHours,
  type Shape,
  type ValueType,
} from './value-types.ts';

/**
 * Every setting: its type, its range, its default and its description. The names are the keys of the managed
 * preferences (domain io.github.psso-monitor). `psso-monitor config`, docs/settings.md, the Jamf schema, the
 * manifest and the example profiles are generated from this list.
 */

export const groups = {
  watching: 'Watching',
  notices: 'Notifications',
  organisation: 'Organisation',
  keeping: 'Storage',
  collection: 'Collection',
  identityProvider: 'Identity provider',
} as const;
type Group = keyof typeof groups;

/** One setting. `expected` completes the sentence "KEY must be …". */
export interface Definition<T> {
  readonly type: () => z.ZodMiniType<T>;
  readonly fallback: T;
  readonly expected: string;
  readonly shape: Shape;
  readonly mistake?: ValueType<T>['mistake'];
  /** A problem of a value that is used anyway, as a sentence; null: none. */
  readonly doubt?: (value: T) => string | null;
  readonly group: Group;
  readonly title: string;
  readonly description: string;
  /** Whether the user may set it too; a managed value wins. */
  readonly userMaySet: boolean;
}

function define<T>(
  value: ValueType<T>,
  definition: Omit<Definition<T>, 'type' | 'expected' | 'shape' | 'mistake' | 'userMaySet'> & {
    userMaySet?: boolean;
  },
): Definition<T> {
  return { userMaySet: false, ...definition, ...value };
}

function unknownIssues(key: string): (ids: string[]) => string | null {
  return (ids) => {
    const unknown = ids.filter((id) => !isIssueId(id) && !isOwnId(id)).length;
    if (unknown === 0) return null;
    const are = unknown === 1 ? 'is' : 'are';
    return `${unknown} of the issues in ${key} ${are} unknown to this version; \`psso-monitor catalogue\` lists all.`;
  };
}

const storedIdentities = ['none', 'hashed', 'full'] as const;
export type StoredIdentity = (typeof storedIdentities)[number];

export const definitions = {
  PollIntervalSeconds: define<number>(integer(60, 3600, 'seconds'), {
    fallback: 300,
    group: 'watching',
    title: 'Poll interval',
    description: 'Time between polls while no issue is open.',
  }),
  TroublePollIntervalSeconds: define<number>(integer(30, 600, 'seconds'), {
    fallback: 60,
    group: 'watching',
    title: 'Poll interval during a problem',
    description:
      'Time between polls while the state may change soon: in the first hour of an issue, for an hour after a notification, and while a changed password may wait for an unlock of the screen.',
  }),
  IgnoredIssues: define<string[]>(issueIds, {
    fallback: [],
    doubt: unknownIssues('IgnoredIssues'),
    group: 'watching',
    title: 'Ignored issues',
    description: 'Issues that are not detected: neither recorded nor shown.',
  }),
  UnifiedLogEnabled: define<boolean>(boolean, {
    fallback: false,
    group: 'watching',
    title: 'Unified log as evidence',
    description:
      'Whether the agent adds entries of the unified log to the evidence of an issue that opens. Only members of the admin group may read the log, and each read costs two seconds of processor time.',
  }),
  NetworkProbeEnabled: define<boolean>(boolean, {
    fallback: false,
    group: 'watching',
    title: 'Probe of the sign-in hosts',
    description:
      'Whether the agent connects to the hosts of Apple and Microsoft that Platform SSO needs, while an issue is found or open that they can cause: one TLS handshake with each of eight hosts, without a request. At most each 15 minutes until two results are the same, then at most once an hour. Only with Entra ID. It finds a proxy that inspects these connections.',
  }),
  NotificationsEnabled: define<boolean>(boolean, {
    fallback: true,
    group: 'notices',
    title: 'Notifications',
    description: 'Whether notifications are shown. Issues are recorded either way.',
  }),
  NotificationChannel: define<'automatic' | (typeof channelNames)[number]>(
    choice(['automatic', ...channelNames]),
    {
      fallback: 'automatic',
      group: 'notices',
      title: 'Notification channel',
      description: 'automatic uses the first installed program of swiftDialog, IBM Notifier and osascript.',
    },
  ),
  Reminders: define<'usual' | 'once' | 'daily'>(choice(['usual', 'once', 'daily']), {
    fallback: 'usual',
    group: 'notices',
    title: 'Reminders',
    description:
      'Reminders of an issue that stays open: usual, by the cadence of each issue (docs/known-issues.md); once, no reminder; daily, once a day for two weeks.',
    userMaySet: true,
  }),
  MaximumNotificationsPerDay: define<number>(integer(0, 20), {
    fallback: 3,
    group: 'notices',
    title: 'Notifications a day',
    description: 'Maximum number of notifications a day, for all issues together.',
    userMaySet: true,
  }),
  QuietHours: define<{ Start: string; End: string } | null>(quietHours, {
    fallback: null,
    group: 'notices',
    title: 'Quiet hours',
    description:
      'Local times between which no notification is shown; may cross midnight. None by default, because a notification is only shown while the user is at the unlocked Mac.',
    userMaySet: true,
  }),
  DisabledIssues: define<string[]>(issueIds, {
    fallback: [],
    doubt: unknownIssues('DisabledIssues'),
    group: 'notices',
    title: 'Issues never shown',
    description: 'Issues that are recorded and never shown to the user.',
  }),
  Language: define<'automatic' | Language>(choice(['automatic', ...languages]), {
    fallback: 'automatic',
    group: 'notices',
    title: 'Language',
    description: "The language of the notifications; automatic is the user's language.",
    userMaySet: true,
  }),
  OrganizationName: define<string | null>(optionalLine(40), {
    fallback: null,
    group: 'organisation',
    title: 'Name of the organisation',
    description: "The name of the organisation, in the report and in the user's texts.",
  }),
  HelpdeskName: define<string | null>(optionalLine(40), {
    fallback: null,
    group: 'organisation',
    title: 'Name of the helpdesk',
    description: 'Replaces “your IT support” in every text for the user.',
  }),
  HelpdeskURL: define<string | null>(optionalLink, {
    fallback: null,
    group: 'organisation',
    title: 'Address of the helpdesk',
    description:
      'A page, a mail address or an item of a self-service app. The texts for the user name it, and a notification opens it where no pane of System Settings helps.',
  }),
  HelpdeskPhone: define<string | null>(optionalLine(40), {
    fallback: null,
    group: 'organisation',
    title: 'Phone number of the helpdesk',
    description: 'The phone number, as a user reads it.',
  }),
  Issues: define<Readonly<Record<string, unknown>>>(ownIssueEntries, {
    fallback: {},
    group: 'organisation',
    title: 'Own words, severities and rules',
    description:
      'By issue id: switch an issue on or off, set its severity, cadence, title, text, steps and link; an id that begins with `org-` is an issue of yours, with a condition.',
  }),
  RetentionDays: define<number>(integer(1, 3650, 'days'), {
    fallback: 180,
    group: 'keeping',
    title: 'Retention',
    description:
      'How long events are kept. Older events are deleted once a day, at most a week of history at a time, the oldest first.',
  }),
  StoredIdentity: define<StoredIdentity>(choice(storedIdentities), {
    fallback: 'none',
    group: 'keeping',
    title: 'Stored identity',
    description:
      'What v_state says about the user and the device: none, nothing; hashed, a digest that changes only with the key; full, the account name and the device ID of Entra. No other part of the database has a name. Events of a registration, and evidence of issues, have the device ID of Entra in any case.',
  }),
  IdentityHashKey: define<string | null>(optionalSecret(8, 200), {
    fallback: null,
    group: 'keeping',
    title: 'Key of the digests',
    description:
      'With StoredIdentity hashed: a secret, so that a user has the same digest on every Mac. Without it each Mac has another key.',
  }),
  LogLevel: define<'debug' | 'info' | 'warn' | 'error' | 'silent'>(
    choice(['debug', 'info', 'warn', 'error', 'silent']),
    {
      fallback: 'info',
      group: 'keeping',
      title: 'Log level',
      description: 'The lowest level that the log of the agent contains.',
    },
  ),
  CollectURL: define<string | null>(optionalPlace, {
    fallback: null,
    group: 'collection',
    title: 'Where the histories are collected',
    description:
      'Where the script collect.sh sends the histories of this Mac: an address for HTTPS PUT, or a folder of a mounted share. Without it nothing is sent. The agent does not use it. Every user of the Mac can read it, so the right in it must be to write only.',
  }),
  IdpPasswordChangedAt: define<string | null>(instant, {
    fallback: null,
    group: 'identityProvider',
    title: 'Password changed in the identity provider at',
    description: 'A time that the Mac does not have. With it the lag of a password sync is exact.',
  }),
  IdpMinimumPasswordLength: define<number>(integer(1, 256), {
    fallback: 8,
    group: 'identityProvider',
    title: "The identity provider's minimum password length",
    description: 'The agent compares the local password rules with it; Entra has 8.',
  }),
  IdpCharacterClasses: define<number>(integer(0, 4), {
    fallback: 3,
    group: 'identityProvider',
    title: "The identity provider's character classes",
    description: 'Number of required classes of lower case, upper case, digit and symbol; Entra has 3.',
  }),
} as const;

export type SettingKey = keyof typeof definitions;
export type Settings = { readonly [K in SettingKey]: (typeof definitions)[K]['fallback'] };

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(definitions, key);
}

export const settingKeys: readonly SettingKey[] = Object.keys(definitions).filter(isSettingKey);
