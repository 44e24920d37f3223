import type { Advice, IssueReport, MacReport } from '../report.ts';
import { disclosure, element, list, section, tableOf } from './element.ts';
import type { Events } from './events.ts';
import { durationText, time, withLocalTimes } from './times.ts';

/** Open issues with what to do, then resolved ones. */
export function issuesSection(
  { issues, advice, generatedAt, knownUntil, headline: { isCurrent } }: MacReport,
  events: Events,
): HTMLElement {
  const open = issues.filter((issue) => issue.open);
  const over = issues.filter((issue) => !issue.open);
  return section(
    'issues',
    open.length === 0
      ? isCurrent
        ? 'No open issue'
        : 'No issue was open'
      : open.length === 1
        ? 'One open issue'
        : `${open.length} open issues`,
    ...open.map((issue) =>
      openIssue(issue, advice[issue.id], {
        events,
        until: knownUntil,
        isCurrent: knownUntil === generatedAt,
      }),
    ),
    ...(over.length === 0 ? [] : [resolvedIssues(over)]),
  );
}

function openIssue(
  issue: IssueReport,
  advice: Advice | undefined,
  { events, until, isCurrent }: { events: Events; until: number; isCurrent: boolean },
): HTMLElement {
  const spent = durationText(Math.max(0, until - issue.openedAt) / 1000);
  const card = element(
    'article',
    { class: `issue ${issue.severity === 'high' ? 'bad' : 'notice'}` },
    element('h3', {}, issue.title),
    element('p', {}, withLocalTimes(issue.summary)),
    element(
      'p',
      { class: 'muted' },
      'Open since ',
      time(issue.openedAt),
      ` (${spent}), severity ${issue.severity}.`,
      ...(isCurrent ? [] : [' The history ends at ', time(until), '; the state since then is unknown.']),
    ),
  );
  if (issue.before.length > 0)
    card.append(
      element('h4', {}, 'Changes in the day before'),
      element(
        'ul',
        {},
        ...issue.before.map((index) =>
          element('li', {}, time(events.at[index] ?? 0), ` ${events.summary(index)}`),
        ),
      ),
    );
  if (advice === undefined) return card;
  if (advice.user.length > 0) card.append(element('h4', {}, 'What the user can do'), list(advice.user, 'ol'));
  card.append(disclosure(['For the admin: remedies, how to confirm it, links'], () => adviceParts(advice)));
  return card;
}

function adviceParts(advice: Advice): Node[] {
  const parts: Node[] = [
    element('p', {}, advice.meaning),
    element('p', { class: 'muted' }, `Reliability: ${advice.reliability}`),
    element('h4', {}, 'What to do'),
    list(advice.admin),
    element('h4', {}, 'To confirm it'),
    list(advice.confirm),
  ];
  if (advice.causes.length > 0)
    parts.push(
      element('h4', {}, 'Possible causes; none is proven'),
      element(
        'ul',
        {},
        ...advice.causes.map(({ title, confirm }) => element('li', {}, title, list(confirm))),
      ),
    );
  const links = advice.links.map(({ title, url }) =>
    element('li', {}, element('a', { href: url, rel: 'noreferrer' }, title), ` (${url})`),
  );
  parts.push(element('h4', {}, 'Links'), element('ul', {}, ...links));
  return parts;
}

function resolvedIssues(issues: readonly IssueReport[]): HTMLElement {
  const title = issues.length === 1 ? 'One resolved issue' : `${issues.length} resolved issues`;
  return disclosure([title], () => [
    tableOf(
      title,
      ['Issue', 'Opened', 'Resolved', 'Open for', 'Summary'],
      issues.map(({ title: name, openedAt, resolvedAt, summary }) => [
        name,
        time(openedAt),
        resolvedAt === null ? '' : time(resolvedAt),
        resolvedAt === null ? '' : durationText((resolvedAt - openedAt) / 1000),
        withLocalTimes(summary),
      ]),
    ),
  ]);
}
