import { isNotifiable, issueOf, type NotifiableIssue } from '../issues/issues.ts';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import type { Language } from '../shared/languages.ts';
import { helpdeskLine, sentenceWithHelpdesk, withHelpdesk } from './helpdesk.ts';
import type {
  AdviceTexts,
  NotificationText,
  UserText,
  UserTextParameters,
  WindowTexts,
} from './language-texts.ts';
import { textsByLanguage } from './texts-by-language.ts';

export type { NotificationText, UserText, UserTextParameters } from './language-texts.ts';

/**
 * The issue that the user reads: for a possible cause, the first issue that it may explain. Null: unknown id.
 */
export function notifiableIssueOf(issue: string): NotifiableIssue | null {
  if (isNotifiable(issue)) return issue;
  const explained = issueOf(issue)?.possibleCauseOf[0];
  return explained !== undefined && isNotifiable(explained) ? explained : null;
}

/**
 * The user's text for an issue, with the title of its solved notification and the name of the helpdesk.
 * Throws RangeError for an id that is not in the catalogue.
 */
export function userText(
  issue: string,
  language: Language,
  parameters: UserTextParameters = {},
  { contacts }: Organisation = noOrganisation,
): UserText & { readonly solvedTitle: string } {
  const notifiable = notifiableIssueOf(issue);
  if (notifiable === null) throw new RangeError(`the catalogue has no issue "${issue}"`);
  const texts = textsByLanguage[language];
  const text = texts.issues[notifiable];
  const { provider = 'other' } = parameters;
  const own = withHelpdesk(
    typeof text === 'function' ? text({ ...parameters, provider, app: texts.apps[provider] }) : text,
    texts,
    contacts,
  );
  const { restartFirst, solvedTitle } = texts;
  if (parameters.restartFirst !== true) return { ...own, solvedTitle };
  return { ...own, body: restartFirst.body, steps: [restartFirst.step, ...own.steps], solvedTitle };
}

type PhaseTexts = Omit<WindowTexts, 'methodNotUnderstood'>;
const hasOwn = (texts: WindowTexts, phase: string): phase is keyof PhaseTexts =>
  phase !== 'methodNotUnderstood' && Object.hasOwn(texts, phase);

/**
 * The phase of the password window (detect/password-window.ts) in one or two sentences. The caller formats
 * `lastConfirmedGood`. A phase of another version counts as `unknown`. `methodNotUnderstood`: of `v_state`.
 */
export function windowSentence(
  phase: string,
  language: Language,
  parameters: { readonly lastConfirmedGood: string | null; readonly methodNotUnderstood?: string },
): string {
  const { window } = textsByLanguage[language];
  const { methodNotUnderstood = '' } = parameters;
  if (phase === 'unknown' && methodNotUnderstood !== '')
    return window.methodNotUnderstood(methodNotUnderstood);
  return (hasOwn(window, phase) ? window[phase] : window.unknown)(parameters.lastConfirmedGood);
}

/** The phases in which macOS confirms the password by itself. */
const unattended = ['fresh', 'due', 'hint'];

/**
 * The phase whose sentence fits the headline. Removed Platform SSO has no password window, but had one.
 * `broken`: an issue breaks sign-in, so macOS confirms nothing until it is remedied.
 */
export function windowPhaseToShow(
  headline: string,
  phase: string,
  {
    confirmed,
    broken,
    registered,
  }: { readonly confirmed: boolean; readonly broken: boolean; readonly registered: boolean },
): string {
  if (headline === 'not-configured' && confirmed) return 'removed';
  if (broken && unattended.includes(phase)) return 'suspended';
  // Without a registration, "the Mac password is independent" would mislead.
  const unregistered = headline === 'not-registered' || (broken && !registered);
  return unregistered && phase === 'notApplicable' ? 'suspended' : phase;
}

/** The texts of `psso-monitor advice`, with the contacts of the helpdesk. */
export function adviceTextsIn(language: Language, { contacts }: Organisation = noOrganisation): AdviceTexts {
  const texts = textsByLanguage[language];
  return { ...texts.advice, elsewhere: sentenceWithHelpdesk(texts.advice.elsewhere, texts, contacts) };
}

/** The text of a notification, with the helpdesk as its last sentence where that fits and it is not named. */
export function withHelp(
  body: string,
  language: Language,
  { contacts }: Organisation,
  mostCharacters: number,
): string {
  const line = helpdeskLine(contacts);
  if (line === null || (contacts.helpdeskName !== null && body.includes(contacts.helpdeskName))) return body;
  const longer = `${body} ${textsByLanguage[language].help(line)}`;
  return longer.length <= mostCharacters ? longer : body;
}

/** The notification of `psso-monitor notify --test`. */
export function testText(language: Language): NotificationText {
  return textsByLanguage[language].notificationTest;
}
