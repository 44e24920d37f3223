import { macsByIssue, silentMacsCount } from '../../fleet/broken-macs.ts';
import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { counted } from '../../shared/counted.ts';
import { durationText } from '../../shared/duration-text.ts';
import { disclosure, element, section, tableOf } from './element.ts';
import { issueBars } from './issue-bars.ts';
import { macLink, type Pages } from './macs-section.ts';
import { time } from './times.ts';

/** The issues of all Macs. `showWith` shows the Macs with an issue in the list of all Macs. */
export function fleetIssues(
  summary: FleetSummary,
  pages: Pages,
  showWith: (issue: string) => void,
): HTMLElement {
  const { issues } = summary;
  if (issues.length === 0)
    return section('issues', 'Issues', element('p', {}, 'No Mac has or had an issue.'));
  const macs = macsByIssue(summary.list);
  return section(
    'issues',
    'Issues',
    ...(summary.silent.length === 0 ? [] : [element('p', {}, silentMacsCount)]),
    issueBars(issues),
    tableOf(
      'Issues, the most widespread first',
      ['Issue', 'Severity', 'Open on', 'Open since', 'Ever on', 'First seen', 'Median time open'],
      issues.map((row) => [
        row.title,
        row.severity,
        row.macsOpen === 0 ? '–' : macsButton(row, () => showWith(row.issue)),
        row.openSince === null ? '–' : time(Date.parse(row.openSince)),
        counted(row.macsEver, 'Mac'),
        time(Date.parse(row.firstOpenedAt)),
        row.medianOpenSeconds === null ? '–' : durationText(row.medianOpenSeconds),
      ]),
    ),
    ...issues.flatMap(({ issue, title }) => {
      const names = macs.get(issue)?.first ?? [];
      const links = names.map((name) => element('li', {}, macLink(name, pages)));
      return names.length === 0
        ? []
        : [disclosure([`${title}: ${counted(names.length, 'Mac')}`], () => [element('ul', {}, ...links)])];
    }),
  );
}

/** Shows the Macs with an open issue in the list of all Macs. */
function macsButton({ macsOpen, title }: FleetSummary['issues'][number], show: () => void): HTMLElement {
  const spoken = element('span', { class: 'spoken' }, ` with: ${title}`);
  const button = element('button', { type: 'button', class: 'link' }, counted(macsOpen, 'Mac'), spoken);
  button.addEventListener('click', show);
  return button;
}
