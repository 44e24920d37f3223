import { isNotifiable, issueOf, type NotifiableIssue } from '../issues/issues.ts';
import {
  type IssueChange,
  isOwnId,
  type Localised,
  localised,
  noOrganisation,
  type Organisation,
} from '../issues/organisation.ts';
import { type Language, languages } from '../shared/languages.ts';
import { helpdeskLine, sentenceWithHelpdesk, withHelpdesk } from './helpdesk.ts';
import type {
  AdviceTexts,
  LanguageTexts,
  NotificationText,
  UserText,
  UserTextParameters,
  WindowTexts,
} from './language-texts.ts';
import { textsByLanguage } from './texts-by-language.ts';

export type { NotificationText, UserText, UserTextParameters } from './language-texts.ts';

/**
 * The issue that the user reads: for a possible cause, the first issue that it may explain. Null: unknown id,
 * or no user reads of it.
 */
export function notifiableIssueOf(issue: string, organisation: Organisation = noOrganisation): string | null {
  if (isOwnId(issue))
    return issueOf(issue, organisation)?.audience === undefined && ownTitle(issue, organisation) !== null
      ? issue
      : null;
  return knownNotifiable(issue);
}

function knownNotifiable(issue: string): NotifiableIssue | null {
  if (isNotifiable(issue)) return issue;
  const explained = issueOf(issue)?.possibleCauseOf[0];
  return explained !== undefined && isNotifiable(explained) ? explained : null;
}

function ownTitle(issue: string, { changes }: Organisation): IssueChange['title'] {
  return changes[issue]?.title ?? null;
}

/**
 * The user's text for an issue, with the title of its solved notification: in the words of the admin where
 * there are some, with the name of the helpdesk in the others. Throws RangeError for an id that no user reads
 * of.
 */
export function userText(
  issue: string,
  language: Language,
  parameters: UserTextParameters = {},
  organisation: Organisation = noOrganisation,
): UserText & { readonly solvedTitle: string } {
  const texts = textsByLanguage[language];
  const notifiable = knownNotifiable(issue);
  if (notifiable === null) return ownText(issue, language, texts, organisation);
  const text = texts.issues[notifiable];
  const { provider = 'other' } = parameters;
  const { restartFirst, solvedTitle } = texts;
  const usual = withHelpdesk(
    typeof text === 'function' ? text({ ...parameters, provider, app: texts.apps[provider] }) : text,
    texts,
    organisation.contacts,
  );
  const shown =
    parameters.restartFirst === true
      ? { ...usual, body: restartFirst.body, steps: [restartFirst.step, ...usual.steps] }
      : usual;
  const { title, text: body, steps } = organisation.changes[notifiable] ?? {};
  return {
    title: localised(title, language) ?? shown.title,
    body: localised(body, language) ?? shown.body,
    steps: localised(steps, language) ?? shown.steps,
    solved: shown.solved,
    solvedTitle,
  };
}

/** The text of an own issue, which has at least a title in some language. */
function ownText(
  issue: string,
  language: Language,
  { ownSolved }: LanguageTexts,
  organisation: Organisation,
): UserText & { readonly solvedTitle: string } {
  const words = organisation.changes[issue];
  const inAny = <T>(of: Localised<T> | null | undefined): T | undefined =>
    localised(of, language) ??
    localised(of, 'en') ??
    languages.map((one) => localised(of, one)).find(Boolean);
  const title = isOwnId(issue) ? inAny(words?.title) : undefined;
  if (title === undefined) throw new RangeError(`no user reads of an issue "${issue}"`);
  const body = inAny(words?.text) ?? (/[.!?]$/.test(title) ? title : `${title}.`);
  return {
    ...{ title, body, steps: inAny(words?.steps) ?? [body] },
    ...{ solved: ownSolved.body(title), solvedTitle: ownSolved.title },
  };
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
