import { isNotifiable, issueOf, type NotifiableIssue } from '../issues/issues.ts';
import type { Language } from '../shared/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type {
  LanguageTexts,
  NotificationText,
  UserText,
  UserTextParameters,
  WindowTexts,
} from './language-texts.ts';

export type { NotificationText, UserText, UserTextParameters } from './language-texts.ts';

const all: Readonly<Record<Language, LanguageTexts>> = { en, de };

/** A possible cause is never told: what the user reads is about the certain issue that it may explain. */
export function notifiableIssueOf(issue: string): NotifiableIssue | null {
  if (isNotifiable(issue)) return issue;
  const explained = issueOf(issue)?.possibleCauseOf[0];
  return explained !== undefined && isNotifiable(explained) ? explained : null;
}

/**
 * The user's words for an issue, with a title for the quiet line when it is over. Throws RangeError for an id that is
 * not in the catalogue.
 */
export function userText(
  issue: string,
  language: Language,
  parameters: UserTextParameters = {},
): UserText & { readonly solvedTitle: string } {
  const notifiable = notifiableIssueOf(issue);
  if (notifiable === null) throw new RangeError(`the catalogue has no issue "${issue}"`);
  const texts = all[language];
  const text = texts.issues[notifiable];
  return { ...(typeof text === 'function' ? text(parameters) : text), solvedTitle: texts.solvedTitle };
}

const hasOwn = (texts: WindowTexts, phase: string): phase is keyof WindowTexts => Object.hasOwn(texts, phase);

/**
 * How the password window stands (a phase of detect/password-window.ts), in one or two sentences. `lastConfirmedGood` is an
 * instant as a person reads it: formatting is the caller's. A phase of another version is `unknown`.
 */
export function windowSentence(
  phase: string,
  language: Language,
  parameters: { readonly lastConfirmedGood: string | null },
): string {
  const { window } = all[language];
  return (hasOwn(window, phase) ? window[phase] : window.unknown)(parameters.lastConfirmedGood);
}

/** Which sentence fits a headline: what was removed has no password window any more, but had one. */
export function windowPhaseToShow(headline: string, phase: string, confirmed: boolean): string {
  if (headline === 'not-configured' && confirmed) return 'removed';
  // That the Mac's password is independent is no answer while there is no registration.
  return headline === 'not-registered' && phase === 'notApplicable' ? 'suspended' : phase;
}

/** The notification of `psso-monitor notify --test`. */
export function testText(language: Language): NotificationText {
  return all[language].notificationTest;
}
