import { isNotifiable, issueOf, type NotifiableIssue } from '../issues/issues.ts';
import {
  type IssueChange,
  isOwnId,
  localised,
  localisedInAny,
  noOrganisation,
  type Organisation,
} from '../issues/organisation.ts';
import { textColumns } from '../shared/text-columns.ts';
import { helpdeskLine, withHelpdesk } from './helpdesk.ts';
import type { LanguageTexts, UserText, UserTextParameters } from './language-texts.ts';

/** The user's text of an issue, and the title of its solved notification. */
export type IssueText = UserText & { readonly solvedTitle: string };

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
export function issueText(
  issue: string,
  texts: LanguageTexts,
  parameters: UserTextParameters = {},
  organisation: Organisation = noOrganisation,
): IssueText {
  const { language } = texts;
  const notifiable = knownNotifiable(issue);
  if (notifiable === null) return ownText(issue, texts, organisation);
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
  { language, fullStop, ownSolved }: LanguageTexts,
  organisation: Organisation,
): IssueText {
  const words = organisation.changes[issue];
  const title = isOwnId(issue) ? localisedInAny(words?.title, language) : undefined;
  if (title === undefined) throw new RangeError(`no user reads of an issue "${issue}"`);
  const body =
    localisedInAny(words?.text, language) ?? (/[.!?。！？]$/.test(title) ? title : title + fullStop);
  return {
    title,
    body,
    steps: localisedInAny(words?.steps, language) ?? [body],
    solved: ownSolved.body(title),
    solvedTitle: ownSolved.title,
  };
}

/** The text of a notification, with the helpdesk as its last sentence where that fits and it is not named. */
export function withHelp(
  body: string,
  texts: Pick<LanguageTexts, 'help' | 'fullStop'>,
  { contacts }: Organisation,
  mostColumns: number,
): string {
  const line = helpdeskLine(contacts);
  if (line === null || (contacts.helpdeskName !== null && body.includes(contacts.helpdeskName))) return body;
  const longer = `${body}${texts.fullStop === '。' ? '' : ' '}${texts.help(line)}`;
  return textColumns(longer) <= mostColumns ? longer : body;
}
