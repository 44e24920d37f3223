// texts/: what users read, one file a language. This file has the shape that each of them fills,
// so that a missing text is a type error.

import type { NotifiableIssue } from '../issues/issues.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { Language } from '../shared/languages.ts';
import type { ReportTexts } from './report-texts.ts';

/**
 * The user's text of an issue: plain words, no blame, and what to do. For a banner and `psso-monitor
 * explain`.
 */
export interface UserText {
  /** At most 60 columns: a macOS banner cuts the rest. */
  readonly title: string;
  /** At most two sentences and 180 columns: what it is, and what to click or do. */
  readonly body: string;
  /** The steps, one action each. Labels stand in typographic quotes, and ` > ` joins a path. */
  readonly steps: readonly string[];
  /** One line for the solved notification. */
  readonly solved: string;
}

export interface UserTextParameters {
  /** Minimum length of the local password rules, when it is known. */
  readonly minimumLength?: number;
  /** The identity provider whose names the text uses. Without it, the text names none. */
  readonly provider?: IdentityProvider;
  /** The Mac is registered and the user is not: System Settings may say “Registered”. */
  readonly deviceRegistered?: boolean;
  /** The local password was changed on the Mac before macOS prompted. */
  readonly changedHere?: boolean;
  /** The best cause is remedied by a restart: the text begins with it. */
  readonly restartFirst?: boolean;
}

/** What the text of an issue may depend on. */
interface IssueTextParameters extends UserTextParameters {
  readonly provider: IdentityProvider;
  /** The app of the identity provider, as this language calls it. */
  readonly app: string;
}

export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** One or two sentences on the password window. `good` is a formatted time; null: unknown. */
export interface WindowTexts {
  readonly fresh: (good: string | null) => string;
  /** The tokens are due; the user need not act. */
  readonly due: (good: string | null) => string;
  /** Active after the due time without an unlock: macOS may have no timer left. */
  readonly hint: (good: string | null) => string;
  readonly overdue: (good: string | null) => string;
  readonly pending: (good: string | null) => string;
  readonly suspended: (good: string | null) => string;
  /** Platform SSO was configured, and is not configured now. */
  readonly removed: (good: string | null) => string;
  readonly notApplicable: (good: string | null) => string;
  readonly unknown: (good: string | null) => string;
  /** This version does not know how the method of this name treats the Mac's password. */
  readonly methodNotUnderstood: (method: string) => string;
}

/** The texts of `psso-monitor advice`: the answer to "Why can't I sign in?". */
export interface AdviceTexts {
  readonly title: string;
  /** By headline. An open issue adds its own text. */
  readonly headlines: Readonly<Record<string, string>>;
  /** For any other headline, and for an unknown state. */
  readonly unknown: string;
  readonly noHistory: string;
  /** Added when no issue is open. */
  readonly elsewhere: string;
  /** The user silenced an issue until this formatted time. */
  readonly silenced: (until: string) => string;
  readonly close: string;
  readonly makeReport: string;
}

/** A form of "your IT support", and the same with the name of a helpdesk or of an organisation. */
export interface HelpdeskPhrase {
  readonly phrase: string;
  readonly named: (helpdesk: string) => string;
  readonly of: (organization: string) => string;
}

/** All texts of one language. The compiler requires every text in every language. */
export interface LanguageTexts {
  readonly language: Language;
  /** The end of a sentence. After `。` the next sentence follows without a space. */
  readonly fullStop: '.' | '。';
  readonly issues: {
    readonly [issue in NotifiableIssue]: UserText | ((parameters: IssueTextParameters) => UserText);
  };
  readonly apps: Readonly<Record<IdentityProvider, string>>;
  /** For an issue whose best cause is remedied by a restart: the body, and the first step. */
  readonly restartFirst: { readonly body: string; readonly step: string };
  /** Every form in which a text names the helpdesk, the longest first. */
  readonly helpdesk: readonly HelpdeskPhrase[];
  /** A last sentence of a notification, where it fits. `helpdesk`: name, phone number or address. */
  readonly help: (helpdesk: string) => string;
  /** The first step of most issues. */
  readonly connect: string;
  /** The title of a solved notification. */
  readonly solvedTitle: string;
  /** The solved notification of an issue of the admin's, by its title. */
  readonly ownSolved: { readonly title: string; readonly body: (title: string) => string };
  readonly window: WindowTexts;
  readonly advice: AdviceTexts;
  readonly notificationTest: NotificationText;
  /** Only commands show it. */
  readonly report: ReportTexts;
}

/** A count with the right form of its noun, by Intl. For languages with the two forms `one` and `other`. */
export function counted(
  language: string,
  count: number,
  forms: { readonly one: string; readonly other: string },
): string {
  const number = new Intl.NumberFormat(language).format(count);
  const form = new Intl.PluralRules(language).select(count) === 'one' ? forms.one : forms.other;
  return `${number} ${form}`;
}
