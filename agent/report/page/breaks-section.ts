import { breaksText } from '../../fleet/breaks-text.ts';
import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { changeText } from '../../shared/changes.ts';
import { percentText } from '../../shared/percent-text.ts';
import { element, section, tableOf } from './element.ts';
import { shareOf } from './share-of.ts';

/** When something broke: by version, by cause, and after which changes. */
export function breaksSection({ breaks }: FleetSummary): HTMLElement {
  const title = 'When something broke';
  if (breaks.count === 0) return section('breaks', title, element('p', {}, 'No issue opened in this time.'));
  const versions = (name: string, rows: FleetSummary['breaks']['byMacos']) =>
    tableOf(
      `Breaks by version of ${name}`,
      [name, 'Macs', 'With a break', 'Share', 'Breaks'],
      rows.map((row) => [
        row.version,
        String(row.macs),
        String(row.macsWithBreak),
        shareOf(row.macsWithBreak, row.macs),
        String(row.breaks),
      ]),
    );
  return section(
    'breaks',
    title,
    element('p', {}, `${breaksText(breaks)}. A break is the opening of an issue.`),
    versions('macOS', breaks.byMacos),
    versions('Company Portal', breaks.byCompanyPortal),
    ...(breaks.byCause.length === 0
      ? []
      : [
          tableOf(
            'Breaks by stated cause',
            ['Cause', 'Grade', 'Macs', 'Breaks'],
            breaks.byCause.map(({ title: causeTitle, grade, macs, breaks: count }) => [
              causeTitle,
              grade,
              String(macs),
              String(count),
            ]),
          ),
        ]),
    element('h3', {}, 'Changes in the day before'),
    element(
      'p',
      {},
      'The Macs with a change, and how many of them had a break in the 24 hours after it.',
      ' The change need not be the cause',
      breaks.macDays === 0 ? '.' : `: on any day, ${percentText(breaks.shareOfAnyDay)} of Macs have a break.`,
    ),
    tableOf(
      'Breaks in the day after a change',
      ['Change', 'Macs', 'Broke', 'Share'],
      breaks.afterChanges.map(({ kind, to, macs, macsWithBreak }) => [
        changeText(kind, to),
        String(macs),
        String(macsWithBreak),
        shareOf(macsWithBreak, macs),
      ]),
    ),
  );
}
