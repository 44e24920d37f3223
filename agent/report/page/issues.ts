import { durationText } from '../../shared/duration-text.ts';
import { filledText } from '../../shared/filled-text.ts';
import type { CountTexts, ReportTexts } from '../../texts/report-texts.ts';
import type { Advice, IssueReport, MacReport } from '../report.ts';
import { disclosure, element, list, section, tableOf } from './element.ts';
import { filled } from './filled.ts';
import { severityText } from './severity-text.ts';
import { time, withLocalTimes } from './times.ts';

/** Open issues with what to do, then resolved ones. */
export function issuesSection({
  issues,
  advice,
  generatedAt,
  knownUntil,
  headline: { isCurrent },
  labels,
}: MacReport): HTMLElement {
  const open = issues.filter((issue) => issue.open);
  const over = issues.filter((issue) => !issue.open);
  return section(
    'issues',
    open.length === 0
      ? isCurrent
        ? labels.issues.noneOpen
        : labels.issues.noneWasOpen
      : counted(labels.issues.open, open.length),
    ...open.map((issue) =>
      openIssue(issue, advice[issue.id], {
        until: knownUntil,
        isCurrent: knownUntil === generatedAt,
        labels,
      }),
    ),
    ...(over.length === 0 ? [] : [resolvedIssues(over, labels)]),
  );
}

function openIssue(
  issue: IssueReport,
  advice: Advice | undefined,
  { until, isCurrent, labels }: { until: number; isCurrent: boolean; labels: ReportTexts },
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
      ...filled(labels.issues.openSince, {
        time: time(issue.openedAt),
        duration: spent,
        severity: severityText(issue.severity, labels.severities),
      }),
      ...(isCurrent ? [] : [' ', ...filled(labels.issues.historyEnds, { time: time(until) })]),
    ),
  );
  if (issue.silencedUntil !== null)
    card.append(
      element(
        'p',
        { class: 'muted' },
        ...filled(labels.issues.silenced, { time: time(issue.silencedUntil) }),
      ),
    );
  if (issue.before.length > 0)
    card.append(
      element('h4', {}, labels.issues.changedBefore),
      element('ul', {}, ...issue.before.map(({ at, text }) => element('li', {}, time(at), ` ${text}`))),
    );
  if (advice === undefined) return card;
  if (advice.user.length > 0)
    card.append(element('h4', {}, labels.issues.userSteps), list(advice.user, 'ol'));
  card.append(disclosure([labels.issues.adminSteps], () => adviceParts(advice)));
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

function resolvedIssues(issues: readonly IssueReport[], labels: ReportTexts): HTMLElement {
  const title = counted(labels.issues.resolved, issues.length);
  return disclosure([title], () => [
    tableOf(
      title,
      labels.issues.heads,
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

function counted(texts: CountTexts, count: number): string {
  return filledText(count === 1 ? texts.one : texts.other, { count });
}
