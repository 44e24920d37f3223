import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import type { Language } from '../shared/languages.ts';
import { sentenceWithHelpdesk } from './helpdesk.ts';
import { type IssueText, issueText } from './issue-text.ts';
import type { AdviceTexts, NotificationText, UserTextParameters, WindowTexts } from './language-texts.ts';
import { textsByLanguage } from './texts-by-language.ts';

export { notifiableIssueOf } from './issue-text.ts';
export type { NotificationText, UserText, UserTextParameters } from './language-texts.ts';

/** The text of `issueText`, by language: for commands, which have all languages. */
export function userText(
  issue: string,
  language: Language,
  parameters: UserTextParameters = {},
  organisation: Organisation = noOrganisation,
): IssueText {
  return issueText(issue, textsByLanguage[language], parameters, organisation);
}

type PhaseTexts = Omit<WindowTexts, 'methodNotUnderstood'>;
const hasOwn = (texts: WindowTexts, phase: string): phase is keyof PhaseTexts =>
  phase !== 'methodNotUnderstood' && Object.hasOwn(texts, phase);

/**
 * The phase of the password window (detect/window-phase.ts) in one or two sentences. The caller formats
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

/** The notification of `psso-monitor notify --test`. */
export function testText(language: Language): NotificationText {
  return textsByLanguage[language].notificationTest;
}
