import { causeLine } from '../../history/stated-causes.ts';
import type { StatusOutput } from '../../history/status-output.ts';
import { notComparedText } from '../../shared/effective-password-policy.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { localTime, withLocalTimes } from '../../shared/local-time.ts';
import { asCalled } from './as-called.ts';
import { printLine, styled } from './print.ts';

/** Prints the state for the helpdesk. `place`: the options that say whose history it is. */
export function printStatus(found: StatusOutput, place: GlobalOptions): void {
  for (const line of statusLines(found)) printLine(asCalled(line, place), { hanging: 2 });
}

/** The state for the helpdesk: each answer in a line of its own. */
export function statusLines(found: StatusOutput): string[] {
  const { was, headline, openIssues, main } = found;
  const style =
    was !== null ? 'dim' : headline === 'ok' ? 'green' : headline === 'needs-attention' ? 'red' : 'yellow';
  const others = openIssues.filter(({ issue }) => issue !== main?.issue);
  const notCompared = found.state['password-rules-not-compared'] ?? '';
  const answers = [
    ...answersIn(found),
    ...issueLines(
      'Also open:',
      others.filter(({ alsoNoticed }) => !alsoNoticed),
    ),
    ...issueLines(
      'Also noticed, for the admin:',
      others.filter(({ alsoNoticed }) => alsoNoticed),
    ),
    ...(notCompared === '' ? [] : [notComparedText(notCompared.split(', '))]),
    ...(main === null ? [] : ['For evidence, all steps and links:', `  psso-monitor explain ${main.issue}`]),
  ];
  return [
    styled(style, found.headlineText),
    ...(was === null ? answers : ['Last known:', ...answers.map((line) => `  ${line}`)]),
    styled('dim', found.agent.text),
  ];
}

function issueLines(title: string, issues: StatusOutput['openIssues']): string[] {
  if (issues.length === 0) return [];
  const lines = issues.map(
    ({ issue, openedAt, summary }) =>
      `  ${styled('bold', issue)} since ${localTime(openedAt)}: ${withLocalTimes(summary)}`,
  );
  return [title, ...lines];
}

/** In the order of a helpdesk's questions, each in a line of its own. */
function answersIn({ since, main, missing, notKnown, next, window, openIssues }: StatusOutput): string[] {
  const [cause] = main?.causes ?? [];
  const problem = openIssues.find(({ issue }) => issue === main?.issue);
  return [
    ...(problem === undefined ? [] : [`Problem: ${withLocalTimes(problem.summary)}`]),
    ...missing.map((sentence) => `Problem: ${sentence}`),
    ...notKnown,
    ...(since === '' ? [] : [`Since ${localTime(since)}.`]),
    ...(cause === undefined ? [] : [withLocalTimes(causeLine(cause)) + timeOf(cause.changeAt)]),
    ...(main?.doNow ?? (next === '' ? [] : [next])).map(
      (step, index) => `${index === 0 ? 'Do now' : 'Then'}: ${step}`,
    ),
    ...(main === null ? [] : [shownText(main)]),
    ...(main?.suppressed === 'failed' ? ['To see why: psso-monitor doctor'] : []),
    ...openIssues.flatMap(({ issue, silencedUntil }) =>
      silencedUntil === null
        ? []
        : [`Silenced by the user until ${localTime(silencedUntil)}: notifications of ${issue}.`],
    ),
    ...(window === '' ? [] : [window]),
  ];
}

function timeOf(changeAt: string | null): string {
  return changeAt === null ? '' : ` It happened at ${localTime(changeAt)}.`;
}

/** Words of `notification-suppressed`. */
const reasons: Readonly<Record<string, string>> = {
  focus: 'a Focus was on',
  quietHours: 'quiet hours',
  cadence: 'the limit of notifications',
  silenced: 'the user silenced the issue',
  disabled: 'the settings switch off its notifications',
  failed: 'no channel could show it',
};

function shownText({ forAdmin, shown, suppressed }: NonNullable<StatusOutput['main']>): string {
  const was = shown === null ? null : `The user was shown at ${localTime(shown.at)}: “${shown.title}”.`;
  const not =
    suppressed === null
      ? null
      : `The newest notification was not shown: ${Object.hasOwn(reasons, suppressed) ? reasons[suppressed] : suppressed}.`;
  const sentences = [was, not].filter((text) => text !== null).join(' ');
  if (sentences !== '') return sentences;
  return forAdmin
    ? 'The user was not notified: only an admin can act on this.'
    : 'The user was not shown a notification yet.';
}
