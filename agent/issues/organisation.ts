import type { DetectorInput } from '../detect/detector.ts';
import type { Severity } from '../shared/event.ts';
import { defaultLanguage, type Language, languages } from '../shared/languages.ts';
import type { Issue } from './issue.ts';

/** How the user reaches the helpdesk; null: not set. */
export interface Contacts {
  readonly organizationName: string | null;
  readonly helpdeskName: string | null;
  readonly helpdeskUrl: string | null;
  readonly helpdeskPhone: string | null;
}

/** A text by language; `any` is for every language without its own. */
export type Localised<T> = Readonly<Partial<Record<Language | 'any', T>>>;

export const reminderWords = ['usual', 'once', 'daily', 'never'] as const;

/** What the admin set for one issue; null: as in the catalogue. */
export interface IssueChange {
  readonly severity: Severity | null;
  readonly cadence: (typeof reminderWords)[number] | null;
  readonly title: Localised<string> | null;
  readonly text: Localised<string> | null;
  readonly steps: Localised<readonly string[]> | null;
  /** Opens by a click on the notification. */
  readonly link: string | null;
}

/** What a rule says in one poll. */
export interface Judgement {
  readonly holds: boolean | 'unknown';
  /** The values of the fields that the condition names, as far as they are known. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** Why it is unknown: the fields without a value, or the error of the condition. */
  readonly unknown: readonly string[];
}

/** An issue of the admin's: its id begins with `org-`, and a condition opens it. */
export interface OwnIssue extends Issue {
  readonly condition: string;
  /** What the helpdesk reads about it; null: not set. */
  readonly explanation: string | null;
  readonly judge: (input: DetectorInput) => Judgement;
}

/** What the organisation of this Mac set, beside the plain settings. */
export interface Organisation {
  readonly contacts: Contacts;
  /** By id, those of own issues too. */
  readonly changes: Readonly<Record<string, IssueChange>>;
  /** Issues that are not detected. */
  readonly off: readonly string[];
  readonly own: readonly OwnIssue[];
}

export const noOrganisation: Organisation = {
  contacts: { organizationName: null, helpdeskName: null, helpdeskUrl: null, helpdeskPhone: null },
  changes: {},
  off: [],
  own: [],
};

export const ownPrefix = 'org-';

/** Whether an id is one of an admin, of this Mac or of another one. */
export function isOwnId(id: string): boolean {
  return id.startsWith(ownPrefix);
}

/** The text for a language, else the English one, else that of the first language that has one. */
export function localisedInAny<T>(texts: Localised<T> | null | undefined, language: Language): T | undefined {
  const inOrder = [language, defaultLanguage, ...languages];
  return inOrder.map((one) => localised(texts, one)).find((text) => text !== undefined);
}

/** The text for a language; undefined: there is none. */
export function localised<T>(texts: Localised<T> | null | undefined, language: Language): T | undefined {
  return texts?.[language] ?? texts?.any;
}
