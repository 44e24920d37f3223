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
 * Every setting: its type, its range and its default; setting-texts.ts has its words. The names are the keys
 * of the managed preferences (domain io.github.psso-monitor). `psso-monitor config`, docs/settings.md, the
 * Jamf schema, the manifest and the example profiles are generated from both.
 */

export const groups = {
  watching: 'Watching',
  notifications: 'Notifications',
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
  }),
  TroublePollIntervalSeconds: define<number>(integer(30, 600, 'seconds'), {
    fallback: 60,
    group: 'watching',
  }),
  IgnoredIssues: define<string[]>(issueIds, {
    fallback: [],
    doubt: unknownIssues('IgnoredIssues'),
    group: 'watching',
  }),
  UnifiedLogEnabled: define<boolean>(boolean, {
    fallback: false,
    group: 'watching',
  }),
  NetworkProbeEnabled: define<boolean>(boolean, {
    fallback: false,
    group: 'watching',
  }),
  NotificationsEnabled: define<boolean>(boolean, {
    fallback: true,
    group: 'notifications',
  }),
  NotificationChannel: define<'automatic' | (typeof channelNames)[number]>(
    choice(['automatic', ...channelNames]),
    {
      fallback: 'automatic',
      group: 'notifications',
    },
  ),
  Reminders: define<'usual' | 'once' | 'daily'>(choice(['usual', 'once', 'daily']), {
    fallback: 'usual',
    group: 'notifications',
    userMaySet: true,
  }),
  MaximumNotificationsPerDay: define<number>(integer(0, 20), {
    fallback: 3,
    group: 'notifications',
    userMaySet: true,
  }),
  QuietHours: define<{ Start: string; End: string } | null>(quietHours, {
    fallback: null,
    group: 'notifications',
    userMaySet: true,
  }),
  DisabledIssues: define<string[]>(issueIds, {
    fallback: [],
    doubt: unknownIssues('DisabledIssues'),
    group: 'notifications',
  }),
  Language: define<'automatic' | Language>(choice(['automatic', ...languages]), {
    fallback: 'automatic',
    group: 'notifications',
    userMaySet: true,
  }),
  OrganizationName: define<string | null>(optionalLine(40), {
    fallback: null,
    group: 'organisation',
  }),
  HelpdeskName: define<string | null>(optionalLine(40), {
    fallback: null,
    group: 'organisation',
  }),
  HelpdeskURL: define<string | null>(optionalLink, {
    fallback: null,
    group: 'organisation',
  }),
  HelpdeskPhone: define<string | null>(optionalLine(40), {
    fallback: null,
    group: 'organisation',
  }),
  Issues: define<Readonly<Record<string, unknown>>>(ownIssueEntries, {
    fallback: {},
    group: 'organisation',
  }),
  RetentionDays: define<number>(integer(1, 3650, 'days'), {
    fallback: 180,
    group: 'keeping',
  }),
  StoredIdentity: define<StoredIdentity>(choice(storedIdentities), {
    fallback: 'none',
    group: 'keeping',
  }),
  IdentityHashKey: define<string | null>(optionalSecret(8, 200), {
    fallback: null,
    group: 'keeping',
  }),
  LogLevel: define<'debug' | 'info' | 'warn' | 'error' | 'silent'>(
    choice(['debug', 'info', 'warn', 'error', 'silent']),
    {
      fallback: 'info',
      group: 'keeping',
    },
  ),
  CollectURL: define<string | null>(optionalPlace, {
    fallback: null,
    group: 'collection',
  }),
  UnifiedLogIssues: define<boolean>(boolean, {
    fallback: false,
    group: 'collection',
  }),
  IdpPasswordChangedAt: define<string | null>(instant, {
    fallback: null,
    group: 'identityProvider',
  }),
  IdpMinimumPasswordLength: define<number>(integer(1, 256), {
    fallback: 8,
    group: 'identityProvider',
  }),
  IdpCharacterClasses: define<number>(integer(0, 4), {
    fallback: 3,
    group: 'identityProvider',
  }),
} as const;

export type SettingKey = keyof typeof definitions;
export type Settings = { readonly [K in SettingKey]: (typeof definitions)[K]['fallback'] };

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(definitions, key);
}

export const settingKeys: readonly SettingKey[] = Object.keys(definitions).filter(isSettingKey);
