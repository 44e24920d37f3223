import * as z from 'zod/mini';
import { isIssueId } from '../catalogue/core.ts';
import { channelNames } from '../notify/notifier.ts';
import { toIso } from '../types/time.ts';

/**
 * Every setting once: its type, its range, its default, and what it means. Names are the keys of the managed preferences
 * (domain io.github.psso-monitor), in Apple's way of writing them.
 */

/** One setting. `expected` completes the sentence "KEY must be …". */
export interface Definition<T> {
  readonly type: z.ZodMiniType<T>;
  readonly fallback: T;
  readonly expected: string;
  /** What is odd about a value that is taken all the same, as a sentence; null: nothing. */
  readonly doubt?: (value: T) => string | null;
  readonly title: string;
  readonly description: string;
}

function define<T>(definition: Definition<T>): Definition<T> {
  return definition;
}

const whole = (from: number, to: number) => z.int().check(z.gte(from), z.lte(to));
/** A plist holds dates as dates; a scenario, and a careful admin, as ISO 8601 text. */
const instant = z.pipe(
  z.union([z.date().check(z.gte(new Date(0)), z.lt(new Date('9999'))), z.iso.datetime({ offset: true })]),
  z.transform((value: Date | string) => toIso(new Date(value).getTime())),
);
const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const hours = z
  .object({ Start: timeOfDay, End: timeOfDay })
  .check(z.refine((value) => value.Start !== value.End));
const seconds = (from: number, to: number) => `a whole number of seconds from ${from} to ${to}`;

export const definitions = {
  PollIntervalSeconds: define<number>({
    type: whole(60, 3600),
    fallback: 300,
    expected: seconds(60, 3600),
    title: 'Poll interval',
    description: 'How often the Mac is looked at while all is well.',
  }),
  TroublePollIntervalSeconds: define<number>({
    type: whole(30, 600),
    fallback: 60,
    expected: seconds(30, 600),
    title: 'Poll interval while something is wrong',
    description: 'How often the Mac is looked at while an issue is open or waits for its second reading.',
  }),
  RetentionDays: define<number>({
    type: whole(1, 3650),
    fallback: 180,
    expected: 'a whole number of days from 1 to 3650',
    title: 'Retention',
    description: 'How long events are kept.',
  }),
  NotificationsEnabled: define<boolean>({
    type: z.boolean(),
    fallback: true,
    expected: 'true or false',
    title: 'Notifications',
    description: 'Whether the user is told at all. Everything is recorded either way.',
  }),
  NotificationChannel: define<'automatic' | (typeof channelNames)[number]>({
    type: z.enum(['automatic', ...channelNames]),
    fallback: 'automatic',
    expected: `automatic, ${channelNames.join(', ')}`,
    title: 'Notification channel',
    description: 'automatic takes swiftDialog, IBM Notifier or osascript, whichever is there first.',
  }),
  QuietHours: define<{ Start: string; End: string } | null>({
    type: z.nullable(hours),
    fallback: null,
    expected: 'a dictionary of Start and End, two different times as HH:MM',
    title: 'Quiet hours',
    description:
      'Local times between which nothing is shown; may cross midnight. None by default, since a notice is only ever shown to somebody who is at the unlocked Mac.',
  }),
  MaximumNotificationsPerDay: define<number>({
    type: whole(0, 20),
    fallback: 3,
    expected: 'a whole number from 0 to 20',
    title: 'Notifications a day',
    description: 'At most so many notices about problems a day, of all issues together.',
  }),
  DisabledIssues: define<string[]>({
    type: z.array(z.string()),
    fallback: [],
    expected: 'a list of issue ids',
    doubt: (ids) => {
      const unknown = ids.filter((id) => !isIssueId(id)).length;
      return unknown === 0
        ? null
        : `${unknown} of the issues in DisabledIssues is unknown to this version; \`psso-monitor catalogue\` lists all.`;
    },
    title: 'Issues never shown',
    description: 'Issues that are recorded, and never shown to the user.',
  }),
  Language: define<'automatic' | 'en' | 'de'>({
    type: z.enum(['automatic', 'en', 'de']),
    fallback: 'automatic',
    expected: 'automatic, en or de',
    title: 'Language',
    description: "The language of the notices; automatic is the user's own.",
  }),
  IdpPasswordChangedAt: define<string | null>({
    type: z.nullable(instant),
    fallback: null,
    expected: 'a date, or an ISO 8601 instant such as 2026-11-23T09:00:00Z',
    title: 'Password changed in the identity provider at',
    description: 'The one fact that is not on the Mac. With it the sync lag is measured exactly.',
  }),
  IdpMinimumPasswordLength: define<number>({
    type: whole(1, 256),
    fallback: 8,
    expected: 'a whole number from 1 to 256',
    title: "The identity provider's minimum password length",
    description: "What the Mac's own rules are compared with; 8 is Entra's.",
  }),
  IdpCharacterClasses: define<number>({
    type: whole(0, 4),
    fallback: 3,
    expected: 'a whole number from 0 to 4',
    title: "The identity provider's character classes",
    description: "How many of lower case, upper case, digit and symbol it asks for; 3 is Entra's.",
  }),
  UnifiedLogEnabled: define<boolean>({
    type: z.boolean(),
    fallback: false,
    expected: 'true or false',
    title: 'Unified log as evidence',
    description:
      'Whether an issue that opens is given what the unified log said before. Only members of the admin group may read it, and a call costs two seconds of processor time.',
  }),
  LogLevel: define<'debug' | 'info' | 'warn' | 'error' | 'silent'>({
    type: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    fallback: 'info',
    expected: 'debug, info, warn, error or silent',
    title: 'Log level',
    description: "How much the agent's own log says.",
  }),
} as const;

export type SettingKey = keyof typeof definitions;
export type Settings = { readonly [K in SettingKey]: (typeof definitions)[K]['fallback'] };

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(definitions, key);
}

export const settingKeys: readonly SettingKey[] = Object.keys(definitions).filter(isSettingKey);
