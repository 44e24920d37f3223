import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import type { Language } from '../shared/languages.ts';
import { sentenceWithHelpdesk } from './helpdesk.ts';
import { type IssueText, issueText } from './issue-text.ts';
import type { AdviceTexts, NotificationText, UserTextParameters } from './language-texts.ts';
import { textsByLanguage } from './texts-by-language.ts';

export { notifiableIssueOf } from './issue-text.ts';
export type { NotificationText, UserTextParameters } from './language-texts.ts';

/** The text of `issueText`, by language: for commands, which have all languages. */
export function userText(
  issue: string,
  language: Language,
  parameters: UserTextParameters = {},
  organisation: Organisation = noOrganisation,
): IssueText {
  return issueText(issue, textsByLanguage[language], parameters, organisation);
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
