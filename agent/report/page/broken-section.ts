import { isCurrent } from '../../assess/freshness.ts';
import { brokenOf, openIssuesText, statesThen } from '../../fleet/broken-macs.ts';
import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { durationText } from '../../shared/duration-text.ts';
import { element, section } from './element.ts';
import { macLink, type Pages, stateBadge, titlesOf } from './macs-section.ts';
import { pagedTable } from './paged-table.ts';
import { time, withLocalTimes } from './times.ts';

/** The Macs that need attention. */
export function brokenSection(summary: FleetSummary, pages: Pages): HTMLElement {
  const broken = brokenOf(summary).first;
  const current = isCurrent(summary.freshness);
  const title = current ? 'Macs that need attention' : 'Macs that needed attention';
  if (broken.length === 0)
    return section('broken', title, element('p', {}, current ? 'None.' : 'None was recorded.'));
  const titles = titlesOf(summary);
  return section(
    'broken',
    `${title} (${broken.length})`,
    pagedTable({
      what: title,
      heads: ['Mac', 'State', 'For', 'Issue', 'Cause'],
      rows: broken,
      row: (mac) => [
        macLink(mac.mac, pages),
        stateBadge(mac.was ?? mac.headline),
        element('span', { class: 'age' }, mac.ageSeconds === null ? '–' : durationText(mac.ageSeconds)),
        withLocalTimes(openIssuesText(mac, (issue) => titles.get(issue) ?? issue)) || '–',
        withLocalTimes(mac.cause) || '–',
      ],
    }),
  );
}

/** The Macs that have recorded nothing for too long; empty: there is none. */
export function silentSection(summary: FleetSummary, pages: Pages): HTMLElement | string {
  const { silent, silentAfterSeconds } = summary;
  if (silent.length === 0) return '';
  const states = statesThen(
    silent.map(({ mac }) => mac),
    summary,
  );
  return section(
    'silent',
    `Silent Macs (${silent.length})`,
    element('p', {}, `They recorded nothing for ${durationText(silentAfterSeconds)} or more.`),
    pagedTable({
      what: 'Silent Macs',
      heads: ['Mac', 'Last record', 'State then', 'Agent'],
      rows: silent,
      row: ({ mac, lastRecordAt, agentVersion }) => [
        macLink(mac, pages),
        time(Date.parse(lastRecordAt)),
        stateBadge(states.get(mac) ?? ''),
        agentVersion,
      ],
    }),
  );
}
