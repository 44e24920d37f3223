import * as z from 'zod/mini';
import { type Dictionary, dictionaryOf } from '../mac/parse/dictionary.ts';
import { linkMistake, linkSchemes, longestLink } from '../shared/links.ts';
import { toIso } from '../shared/time.ts';
import { longestPlace, placeMistake } from './collection-place.ts';

/** The type of a setting's value: for zod, in words, and as data for the MDM manifests. */
export type Shape =
  | { readonly kind: 'integer'; readonly from: number; readonly to: number; readonly unit: Unit | null }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'secret'; readonly shortest: number; readonly longest: number }
  | { readonly kind: 'line'; readonly longest: number }
  | { readonly kind: 'link'; readonly longest: number }
  | { readonly kind: 'place'; readonly longest: number }
  | { readonly kind: 'instant' }
  | { readonly kind: 'quietHours' }
  | { readonly kind: 'issues' }
  | { readonly kind: 'ownIssues' };
export type Unit = 'seconds' | 'days';

export interface ValueType<T> {
  /** Called when a value is checked: few settings are set, and a schema stays in the memory of every Mac. */
  readonly type: () => z.ZodMiniType<T>;
  /** Completes the sentence "KEY must be …". */
  readonly expected: string;
  readonly shape: Shape;
  /** What an invalid value is, where a general word says too little; null: the general word. */
  readonly mistake?: (value: unknown) => string | null;
}

export function integer(from: number, to: number, unit: Unit | null = null): ValueType<number> {
  return {
    type: () => z.int().check(z.gte(from), z.lte(to)),
    expected: `a whole number${unit === null ? '' : ` of ${unit}`} from ${from} to ${to}`,
    shape: { kind: 'integer', from, to, unit },
  };
}

export const boolean: ValueType<boolean> = {
  type: () => z.boolean(),
  expected: 'true or false',
  shape: { kind: 'boolean' },
};

export function choice<const T extends readonly [string, ...string[]]>(of: T): ValueType<T[number]> {
  const last = of.at(-1) ?? '';
  return {
    type: () => z.enum(of),
    expected: `${of.slice(0, -1).join(', ')} or ${last}`,
    shape: { kind: 'choice', of },
  };
}

export function optionalSecret(shortest: number, longest: number): ValueType<string | null> {
  return {
    type: () => z.nullable(z.string().check(z.minLength(shortest), z.maxLength(longest))),
    expected: `a text of ${shortest} to ${longest} characters`,
    shape: { kind: 'secret', shortest, longest },
    mistake: (value) =>
      typeof value === 'string' ? (value.length < shortest ? 'a shorter text' : 'a longer text') : null,
  };
}

/** One line that a user reads. */
export function optionalLine(longest: number): ValueType<string | null> {
  return {
    type: () =>
      z.nullable(z.string().check(z.maxLength(longest), z.regex(/^\S(.*\S)?$/u), z.regex(/^\P{C}+$/u))),
    expected: `one line of 1 to ${longest} characters`,
    shape: { kind: 'line', longest },
    mistake: (value) => (typeof value === 'string' ? lineMistake(value, longest) : null),
  };
}

function lineMistake(text: string, longest: number): string {
  if (text.trim() === '') return 'an empty text';
  if (text.length > longest) return `a text of ${text.length} characters`;
  if (/\p{C}/u.test(text)) return 'a text with a line break or another control character';
  return 'a text that begins or ends with a space';
}

/** A link that a user may open; see shared/links.ts. */
export const optionalLink: ValueType<string | null> = {
  type: () => z.nullable(z.string().check(z.refine((value) => linkMistake(value) === null))),
  expected: `a link of the scheme ${linkSchemes.slice(0, -1).join(', ')} or ${linkSchemes.at(-1)}`,
  shape: { kind: 'link', longest: longestLink },
  mistake: (value) => (typeof value === 'string' ? linkMistake(value) : null),
};

/** Where histories are collected; see collection-place.ts. */
export const optionalPlace: ValueType<string | null> = {
  type: () => z.nullable(z.string().check(z.refine((value) => placeMistake(value) === null))),
  expected: 'a link that begins with https:// or file:///Volumes/',
  shape: { kind: 'place', longest: longestPlace },
  mistake: (value) => (typeof value === 'string' ? placeMistake(value) : null),
};

/** A property list has dates; a scenario has ISO 8601 text, and an admin may write either. */
export const instant: ValueType<string | null> = {
  type: () =>
    z.nullable(
      z.pipe(
        z.union([
          z.date().check(z.gte(new Date(0)), z.lt(new Date('9999'))),
          z.iso.datetime({ offset: true }),
        ]),
        z.transform((value: Date | string) => toIso(new Date(value).getTime())),
      ),
    ),
  expected: 'a date, or an ISO 8601 instant such as 2026-11-23T09:00:00Z',
  shape: { kind: 'instant' },
  mistake: (value) => (typeof value === 'string' ? instantMistake(value) : null),
};

function instantMistake(text: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return 'a date without a time';
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? 'a time without a zone' : null;
}

export const timeOfDayPattern = '^([01]\\d|2[0-3]):[0-5]\\d$';
const timeOfDay = () => z.string().check(z.regex(new RegExp(timeOfDayPattern)));

export const quietHours: ValueType<{ Start: string; End: string } | null> = {
  type: () =>
    z.nullable(
      z
        .object({ Start: timeOfDay(), End: timeOfDay() })
        .check(z.refine((value) => value.Start !== value.End)),
    ),
  expected: 'a dictionary of Start and End, two different times as HH:MM',
  shape: { kind: 'quietHours' },
  mistake: (value) => {
    const hours = dictionaryOf(value);
    return hours === null ? null : quietHoursMistake(hours);
  },
};

function quietHoursMistake(hours: Dictionary): string {
  const wrong = ['Start', 'End'].flatMap((name) => {
    const time = hours[name];
    if (time === undefined) return [`without ${name}`];
    if (typeof time !== 'string') return [`whose ${name} is not a text`];
    if (new RegExp(timeOfDayPattern).test(time)) return [];
    return /^\d:[0-5]\d$/.test(time)
      ? [`whose ${name} has one digit for the hour`]
      : [`whose ${name} is not a time from 00:00 to 23:59`];
  });
  return `a dictionary ${wrong.length === 0 ? 'whose Start and End are the same time' : wrong.join(' and ')}`;
}

export const issueIds: ValueType<string[]> = {
  type: () => z.array(z.string()),
  expected: 'a list of issue ids',
  shape: { kind: 'issues' },
};

/** Entries by id. Each is checked by itself (agent/rules/own-issues.ts): a mistake costs one field. */
export const ownIssueEntries: ValueType<Readonly<Record<string, unknown>>> = {
  type: () => z.record(z.string(), z.unknown()),
  expected: 'a dictionary of issue ids, each with a dictionary of fields (docs/admin/rules.md)',
  shape: { kind: 'ownIssues' },
};
