import type { Advice, IssueReport, MacReport } from '../report.ts';
import { disclosure, element, list, section, tableOf } from './element.ts';
import { durationText, time, withLocalTimes } from './times.ts';

/** Open issues with what to do, then resolved ones. */
export function issuesSection({
  issues,
  advice,
  generatedAt,
  knownUntil,
  headline: { isCurrent },
}: MacReport): HTMLElement {
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
  { until, isCurrent }: { until: number; isCurrent: boolean },
): HTMLElement {
  const spent = durationText(Math.max(0, until - issue.openedAt) / 1000);
  const card = element(
    'article',
    { class: `issue ${issue.severity === 'high' ? 'bad' : 'notice'}` },
    element('h3', {}, issue.title),
    element('p', {}, withLocalTimes(issue.summary)),
    ...(issue.cause === '' ? [] : [element('p', {}, withLocalTimes(issue.cause))]),
    element(
      'p',
      { class: 'muted' },
      'Open since ',
      time(issue.openedAt),
      ` (${spent}), severity ${issue.severity}.`,
      ...(isCurrent ? [] : [' The history ends at ', time(until), '; the state since then is unknown.']),
    ),
  );
  if (issue.silencedUntil !== null)
    card.append(
      element(
        'p',
        { class: 'muted' },
        'The user silenced its notifications until ',
        time(issue.silencedUntil),
        '.',
      ),
    );
  if (issue.before.length > 0)
    card.append(
      element('h4', {}, 'What changed before'),
      element('ul', {}, ...issue.before.map(({ at, text }) => element('li', {}, time(at), ` ${text}`))),
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
      element('h4', {}, 'Causes, the best first; none is proven'),
      element(
        'ul',
        {},
        ...advice.causes.map(({ title, remedyFirst, confirm }) =>
          element(
            'li',
            {},
            title,
            ...(remedyFirst === null ? [] : [` First: ${remedyFirst}`]),
            ...(confirm.length === 0 ? [] : [list(confirm)]),
          ),
        ),
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
