import type * as z from 'zod/mini';
import { isIssueId } from '../issues/issues.ts';
import { channelNames } from '../shared/channel-names.ts';
import { type Language, languages } from '../shared/languages.ts';
import {
  boolean,
  choice,
  instant,
  integer,
  issueIds,
  optionalText,
  quietHours,
  type Shape,
  type ValueType,
} from './value-types.ts';

/**
 * Every setting once: its type, its range, its default, and what it means. Names are the keys of the managed preferences
 * (domain io.github.psso-monitor), in Apple's way of writing them. `psso-monitor config`, docs/settings.md, the Jamf
 * schema, the manifest and the example profiles are made from this.
 */

export const groups = {
  watching: 'Watching',
  notices: 'Notices',
  keeping: 'What is kept',
  identityProvider: 'Identity provider',
} as const;
export type Group = keyof typeof groups;

/** One setting. `expected` completes the sentence "KEY must be …". */
export interface Definition<T> {
  readonly type: () => z.ZodMiniType<T>;
  readonly fallback: T;
  readonly expected: string;
  readonly shape: Shape;
  /** What is odd about a value that is taken all the same, as a sentence; null: nothing. */
  readonly doubt?: (value: T) => string | null;
  readonly group: Group;
  readonly title: string;
  readonly description: string;
  /** Whether the user may set it too, for the notices on the own screen; what is managed wins. */
  readonly userMaySet: boolean;
}

function define<T>(
  value: ValueType<T>,
  definition: Omit<Definition<T>, 'type' | 'expected' | 'shape' | 'userMaySet'> & { userMaySet?: boolean },
): Definition<T> {
  return { userMaySet: false, ...definition, ...value };
}

function unknownIssues(key: string): (ids: string[]) => string | null {
  return (ids) => {
    const unknown = ids.filter((id) => !isIssueId(id)).length;
    if (unknown === 0) return null;
    const are = unknown === 1 ? 'is' : 'are';
    return `${unknown} of the issues in ${key} ${are} unknown to this version; \`psso-monitor catalogue\` lists all.`;
  };
}

export const storedIdentities = ['none', 'hashed', 'full'] as const;
export type StoredIdentity = (typeof storedIdentities)[number];

export const definitions = {
  PollIntervalSeconds: define<number>(integer(60, 3600, 'seconds'), {
    fallback: 300,
    group: 'watching',
    title: 'Poll interval',
    description: 'How often the Mac is looked at while all is well.',
  }),
  TroublePollIntervalSeconds: define<number>(integer(30, 600, 'seconds'), {
    fallback: 60,
    group: 'watching',
    title: 'Poll interval while something is wrong',
    description:
      'How often the Mac is looked at while something may change soon: in the first hour of a problem, for an hour after the user was told of it, and while a changed password may be waiting for the screen to be unlocked.',
  }),
  IgnoredIssues: define<string[]>(issueIds, {
    fallback: [],
    doubt: unknownIssues('IgnoredIssues'),
    group: 'watching',
    title: 'Issues not looked for',
    description: 'Issues that are switched off altogether: neither recorded nor shown.',
  }),
  UnifiedLogEnabled: define<boolean>(boolean, {
    fallback: false,
    group: 'watching',
    title: 'Unified log as evidence',
    description:
      'Whether an issue that opens is given what the unified log said before. Only members of the admin group may read it, and a call costs two seconds of processor time.',
  }),
  NotificationsEnabled: define<boolean>(boolean, {
    fallback: true,
    group: 'notices',
    title: 'Notifications',
    description: 'Whether the user is told at all. Everything is recorded either way.',
  }),
  NotificationChannel: define<'automatic' | (typeof channelNames)[number]>(
    choice(['automatic', ...channelNames]),
    {
      fallback: 'automatic',
      group: 'notices',
      title: 'Notification channel',
      description: 'automatic takes swiftDialog, IBM Notifier or osascript, whichever is there first.',
    },
  ),
  Reminders: define<'usual' | 'once' | 'daily'>(choice(['usual', 'once', 'daily']), {
    fallback: 'usual',
    group: 'notices',
    title: 'Reminders',
    description:
      'How a problem that goes on is told again: usual as fits each issue (docs/issues.md), once never again, daily once a day for two weeks.',
    userMaySet: true,
  }),
  MaximumNotificationsPerDay: define<number>(integer(0, 20), {
    fallback: 3,
    group: 'notices',
    title: 'Notifications a day',
    description: 'At most so many notices about problems a day, of all issues together.',
    userMaySet: true,
  }),
  QuietHours: define<{ Start: string; End: string } | null>(quietHours, {
    fallback: null,
    group: 'notices',
    title: 'Quiet hours',
    description:
      'Local times between which nothing is shown; may cross midnight. None by default, since a notice is only ever shown to somebody who is at the unlocked Mac.',
    userMaySet: true,
  }),
  DisabledIssues: define<string[]>(issueIds, {
    fallback: [],
    doubt: unknownIssues('DisabledIssues'),
    group: 'notices',
    title: 'Issues never shown',
    description: 'Issues that are recorded, and never shown to the user.',
  }),
  Language: define<'automatic' | Language>(choice(['automatic', ...languages]), {
    fallback: 'automatic',
    group: 'notices',
    title: 'Language',
    description: "The language of the notices; automatic is the user's own.",
    userMaySet: true,
  }),
  RetentionDays: define<number>(integer(1, 3650, 'days'), {
    fallback: 180,
    group: 'keeping',
    title: 'Retention',
    description:
      'How long events are kept. Older ones are deleted once a day, a week of history at most, the oldest first.',
  }),
  StoredIdentity: define<StoredIdentity>(choice(storedIdentities), {
    fallback: 'none',
    group: 'keeping',
    title: 'Whose Mac it is',
    description:
      'What the database says of the user and the device, in v_state and nowhere else: none nothing; hashed a digest that is the same as long as the key is; full the account name and the device ID of Entra.',
  }),
  IdentityHashKey: define<string | null>(optionalText(8, 200), {
    fallback: null,
    group: 'keeping',
    title: 'Key of the digests',
    description:
      'With StoredIdentity hashed: a secret of yours, so that the same user has the same digest on every Mac. Without it each Mac has its own.',
  }),
  LogLevel: define<'debug' | 'info' | 'warn' | 'error' | 'silent'>(
    choice(['debug', 'info', 'warn', 'error', 'silent']),
    {
      fallback: 'info',
      group: 'keeping',
      title: 'Log level',
      description: "How much the agent's own log says.",
    },
  ),
  IdpPasswordChangedAt: define<string | null>(instant, {
    fallback: null,
    group: 'identityProvider',
    title: 'Password changed in the identity provider at',
    description: 'The one fact that is not on the Mac. With it the sync lag is measured exactly.',
  }),
  IdpMinimumPasswordLength: define<number>(integer(1, 256), {
    fallback: 8,
    group: 'identityProvider',
    title: "The identity provider's minimum password length",
    description: "What the Mac's own rules are compared with; 8 is Entra's.",
  }),
  IdpCharacterClasses: define<number>(integer(0, 4), {
    fallback: 3,
    group: 'identityProvider',
    title: "The identity provider's character classes",
    description: "How many of lower case, upper case, digit and symbol it asks for; 3 is Entra's.",
  }),
} as const;

export type SettingKey = keyof typeof definitions;
export type Settings = { readonly [K in SettingKey]: (typeof definitions)[K]['fallback'] };

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(definitions, key);
}

export const settingKeys: readonly SettingKey[] = Object.keys(definitions).filter(isSettingKey);
