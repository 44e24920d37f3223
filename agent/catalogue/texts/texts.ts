import { core, isIssueId, isTold, type ToldIssue } from '../core.ts';
import type { Language } from './choose-language.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { LanguageTexts, Notification, UserText, UserTextParameters, WindowTexts } from './language.ts';

export type { Notification, UserText, UserTextParameters } from './language.ts';

const all: Readonly<Record<Language, LanguageTexts>> = { en, de };

/** A possible cause is never told: what the user reads is about the certain issue that it may explain. */
export function toldIssueOf(issue: string): ToldIssue | null {
  if (!isIssueId(issue)) return null;
  if (isTold(issue)) return issue;
  const explained = core[issue].possibleCauseOf[0];
  return explained !== undefined && isIssueId(explained) && isTold(explained) ? explained : null;
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
  const told = toldIssueOf(issue);
  if (told === null) throw new RangeError(`the catalogue has no issue "${issue}"`);
  const texts = all[language];
  const text = texts.issues[told];
  return { ...(typeof text === 'function' ? text(parameters) : text), solvedTitle: texts.solvedTitle };
}

const hasOwn = (texts: WindowTexts, phase: string): phase is keyof WindowTexts => Object.hasOwn(texts, phase);

/**
 * How the password window stands (a phase of detect/window.ts), in one or two sentences. `lastConfirmedGood` is an
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
export function windowToTell(headline: string, phase: string, confirmed: boolean): string {
  if (headline === 'not-configured' && confirmed) return 'removed';
  // That the Mac's password is independent is no answer while there is no registration.
  return headline === 'not-registered' && phase === 'notApplicable' ? 'suspended' : phase;
}

/** The notification of `psso-monitor notify --test`. */
export function testText(language: Language): Notification {
  return all[language].notificationTest;
}
