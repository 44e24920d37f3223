import { type IssueChange, type Localised, reminderWords } from '../issues/organisation.ts';
import type { Severity } from '../shared/event.ts';
import { severities } from '../shared/event.ts';
import { type Language, languages } from '../shared/languages.ts';
import { linkMistake } from '../shared/links.ts';
import { nearestOf } from '../shared/nearest.ts';
import { sanitiseLine } from '../shared/safe-text.ts';

/** The fields of one issue in the setting Issues: what each takes, and what is wrong with another value. */

export const longest = { title: 60, text: 180, step: 300, explanation: 1_000 };
export const mostSteps = 10;

/** What an admin wrote for one issue, checked; null: not set, or not valid. */
export interface IssueFields extends IssueChange {
  readonly enabled: boolean | null;
  readonly when: string | null;
  readonly audience: 'user' | 'admin' | null;
  readonly breaksSignIn: boolean | null;
  readonly confirmMinutes: number | null;
  readonly explanation: string | null;
}

const fieldsOfEveryIssue = ['Enabled', 'Severity', 'Cadence', 'Title', 'Text', 'Steps', 'Link'] as const;
export const fieldsOfOwnIssue = [
  'When',
  'Audience',
  'BreaksSignIn',
  'ConfirmMinutes',
  'Explanation',
] as const;
/** What only a user reads. */
export const fieldsForUser = ['Cadence', 'Title', 'Text', 'Steps', 'Link'] as const;

type Found<T> = { readonly value: T } | { readonly mistake: string };

/** The fields of one entry. `say` gets a clause for each mistake; the field is then null. */
export function issueFields(
  entry: Readonly<Record<string, unknown>>,
  say: (mistake: string) => void,
): IssueFields {
  const known: readonly string[] = [...fieldsOfEveryIssue, ...fieldsOfOwnIssue];
  for (const key of Object.keys(entry)) {
    if (known.includes(key)) continue;
    const meant = nearestOf(key, known);
    const hint = meant === null ? `; the fields are ${known.join(', ')}` : ` (did you mean ${meant}?)`;
    say(`there is no field "${sanitiseLine(key, 60)}"${hint}`);
  }
  const read = <T>(key: string, check: (value: unknown) => Found<T>): T | null => {
    if (!Object.hasOwn(entry, key)) return null;
    const found = check(entry[key]);
    if ('value' in found) return found.value;
    say(`${key} ${found.mistake}; it is ignored`);
    return null;
  };
  return {
    enabled: read('Enabled', yesOrNo),
    severity: read('Severity', (value): Found<Severity> => oneOf(value, severities)),
    cadence: read('Cadence', (value) => oneOf(value, reminderWords)),
    title: read('Title', byLanguage(line(longest.title))),
    text: read('Text', byLanguage(line(longest.text))),
    steps: read('Steps', byLanguage(lines)),
    link: read('Link', link),
    when: read('When', anyText),
    audience: read('Audience', (value) => oneOf(value, ['user', 'admin'] as const)),
    breaksSignIn: read('BreaksSignIn', yesOrNo),
    confirmMinutes: read('ConfirmMinutes', minutes),
    explanation: read('Explanation', line(longest.explanation)),
  };
}

function yesOrNo(value: unknown): Found<boolean> {
  return typeof value === 'boolean' ? { value } : { mistake: 'must be true or false' };
}

function oneOf<const T extends string>(value: unknown, words: readonly T[]): Found<T> {
  const found = words.find((word) => word === value);
  if (found !== undefined) return { value: found };
  const meant = typeof value === 'string' ? nearestOf(value, words) : null;
  const hint = meant === null ? '' : ` (did you mean ${meant}?)`;
  return { mistake: `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}${hint}` };
}

function minutes(value: unknown): Found<number> {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10_080
    ? { value }
    : { mistake: 'must be a whole number of minutes from 0 to 10080' };
}

function anyText(value: unknown): Found<string> {
  return typeof value === 'string' && value.trim() !== '' ? { value } : { mistake: 'must be a text' };
}

function link(value: unknown): Found<string> {
  if (typeof value !== 'string') return { mistake: 'must be a link' };
  const mistake = linkMistake(value);
  return mistake === null ? { value } : { mistake: `must be a link, not ${mistake}` };
}

function line(most: number): (value: unknown) => Found<string> {
  return (value) => {
    if (typeof value !== 'string' || value.trim() === '') return { mistake: 'must be a text' };
    if (value.length > most) return { mistake: `has ${value.length} characters; ${most} are the most` };
    return sanitiseLine(value) === value
      ? { value }
      : { mistake: 'must be one line without control characters' };
  };
}

function lines(value: unknown): Found<readonly string[]> {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostSteps)
    return { mistake: `must be a list of 1 to ${mostSteps} texts` };
  const check = line(longest.step);
  const steps: string[] = [];
  for (const one of value) {
    const found = check(one);
    if ('mistake' in found) return { mistake: `has a step that ${found.mistake}` };
    steps.push(found.value);
  }
  return { value: steps };
}

/** A value for every language, or a dictionary of languages. */
function byLanguage<T>(check: (value: unknown) => Found<T>): (value: unknown) => Found<Localised<T>> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const found = check(value);
      return 'value' in found ? { value: { any: found.value } } : found;
    }
    const entries = Object.entries(value);
    if (entries.length === 0) return { mistake: `must have a text for ${languages.join(' or ')}` };
    const texts: Partial<Record<Language, T>> = {};
    for (const [key, one] of entries) {
      const language = languages.find((known) => known === key);
      if (language === undefined)
        return {
          mistake: `has no language "${sanitiseLine(key, 20)}"; the languages are ${languages.join(', ')}`,
        };
      const found = check(one);
      if ('mistake' in found) return { mistake: `in ${key} ${found.mistake}` };
      texts[language] = found.value;
    }
    return { value: texts };
  };
}
