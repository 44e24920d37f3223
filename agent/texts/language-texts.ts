import type { NotifiableIssue } from '../issues/issues.ts';

/** What a user reads of an issue: plain words, no blame, and what to do. For a banner and for `psso-monitor explain`. */
export interface UserText {
  /** At most 60 characters: a macOS banner cuts the rest. */
  readonly title: string;
  /** At most two sentences and 180 characters: what it is, and what to click or do. */
  readonly body: string;
  /** The same at leisure, one action each. Labels of buttons stand in typographic quotes, paths are joined by ` > `. */
  readonly steps: readonly string[];
  /** One quiet line for when it is over. */
  readonly solved: string;
}

export interface UserTextParameters {
  /** Characters that the Mac's own password rules ask for, when that is known. */
  readonly minimumLength?: number;
}

export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** One sentence or two on the password window. `good` is an instant in a person's words, or null: not known. */
export interface WindowTexts {
  readonly fresh: (good: string | null) => string;
  /** Past the mark; nothing to do. */
  readonly due: (good: string | null) => string;
  /** In use past the mark, and not unlocked since: macOS may have no timer left. */
  readonly hint: (good: string | null) => string;
  readonly overdue: (good: string | null) => string;
  readonly pending: (good: string | null) => string;
  readonly suspended: (good: string | null) => string;
  /** Platform SSO was there, and is not configured any more. */
  readonly removed: (good: string | null) => string;
  readonly notApplicable: (good: string | null) => string;
  readonly unknown: (good: string | null) => string;
}

/** All that is said in one language. The compiler sees to it that each language says all of it. */
export interface LanguageTexts {
  readonly issues: {
    readonly [issue in NotifiableIssue]: UserText | ((parameters: UserTextParameters) => UserText);
  };
  /** The title over `solved`, in place of the problem's own. */
  readonly solvedTitle: string;
  readonly window: WindowTexts;
  readonly notificationTest: NotificationText;
}

/** Picks the form that goes with a count; Intl knows which. Languages with more forms than two need more than `one`. */
export function counted(
  language: string,
  count: number,
  forms: { readonly one: string; readonly other: string },
): string {
  const number = new Intl.NumberFormat(language).format(count);
  const form = new Intl.PluralRules(language).select(count) === 'one' ? forms.one : forms.other;
  return `${number} ${form}`;
}
