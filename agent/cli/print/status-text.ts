import { causeLine } from '../../history/stated-causes.ts';
import type { StatusOutput } from '../../history/status-output.ts';
import { notComparedText } from '../../shared/effective-password-policy.ts';
import { localTime, withLocalTimes } from '../../shared/local-time.ts';
import { printLine, styled } from './print.ts';

/** Prints the state for the helpdesk: each answer in a line of its own. */
export function printStatus(found: StatusOutput): void {
  const { was, headline, openIssues } = found;
  const style =
    was !== null ? 'dim' : headline === 'ok' ? 'green' : headline === 'needs-attention' ? 'red' : 'yellow';
  printLine(styled(style, found.headlineText));
  if (was !== null) printLine('Last known:');
  const indent = was === null ? '' : '  ';
  for (const line of answersIn(found)) printLine(`${indent}${line}`);
  printIssues(
    openIssues.filter(({ alsoNoticed }) => !alsoNoticed),
    indent,
  );
  const others = openIssues.filter(({ alsoNoticed }) => alsoNoticed);
  if (others.length > 0) printLine(`${indent}Also noticed, for the admin:`);
  printIssues(others, indent);
  const notCompared = found.state['password-rules-not-compared'] ?? '';
  if (notCompared !== '') printLine(`${indent}${notComparedText(notCompared.split(', '))}`);
  printLine(styled('dim', found.agent.text));
}

function printIssues(issues: StatusOutput['openIssues'], indent: string): void {
  for (const { issue, openedAt, summary } of issues) {
    const since = `${styled('bold', issue)} since ${localTime(openedAt)}`;
    printLine(`${indent}  ${since}: ${withLocalTimes(summary)}`);
    printLine(`${indent}    psso-monitor explain ${issue}`);
  }
}

function answersIn({ since, main, missing, notKnown, window, openIssues }: StatusOutput): string[] {
  const [cause] = main?.causes ?? [];
  return [
    ...(since === '' ? [] : [`Since ${localTime(since)}.`]),
    ...missing,
    ...notKnown,
    ...(cause === undefined ? [] : [withLocalTimes(causeLine(cause))]),
    ...(main?.doNow ?? []).map((step, index) => (index === 0 ? `Do now: ${step}` : `Then: ${step}`)),
    ...(main === null ? [] : [shownText(main)]),
    ...openIssues.flatMap(({ issue, silencedUntil }) =>
      silencedUntil === null
        ? []
        : [`Silenced by the user until ${localTime(silencedUntil)}: notifications of ${issue}.`],
    ),
    ...(window === '' ? [] : [window]),
  ];
}

/** Words of `notification-suppressed`. */
const reasons: Readonly<Record<string, string>> = {
  focus: 'a Focus was on',
  quietHours: 'quiet hours',
  cadence: 'the limit of notifications',
  silenced: 'the user silenced the issue',
  disabled: 'the settings switch off its notifications',
  failed: 'no channel could show it; psso-monitor doctor prints why',
};

function shownText({ shown, suppressed }: NonNullable<StatusOutput['main']>): string {
  const was = shown === null ? null : `The user was shown at ${localTime(shown.at)}: “${shown.title}”.`;
  const not =
    suppressed === null
      ? null
      : `The newest notification was not shown: ${Object.hasOwn(reasons, suppressed) ? reasons[suppressed] : suppressed}.`;
  return [was, not].filter((text) => text !== null).join(' ') || 'The user was not shown a notification yet.';
}
