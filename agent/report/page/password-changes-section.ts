import type { FleetSummary } from '../../fleet/fleet-output.ts';
import {
  lateCause,
  lateHeads,
  notKnownTexts,
  passwordChangesNotes,
  passwordChangesText,
} from '../../fleet/password-changes/words.ts';
import { durationText } from '../../shared/duration-text.ts';
import { element, section } from './element.ts';
import { lagTable } from './lag-table.ts';
import { macLink, type Pages } from './macs-section.ts';
import { pagedTable } from './paged-table.ts';
import { time, withLocalTimes } from './times.ts';

/** When changed passwords reached the Macs; nothing without `--password-changes`. */
export function passwordChangesSection(
  { passwordChanges: of }: FleetSummary,
  pages: Pages,
): HTMLElement | string {
  if (of === undefined) return '';
  const reasons = notKnownTexts(of);
  return section(
    'password-changes',
    'Changed passwords',
    ...passwordChangesText(of).map((sentence) => element('p', {}, sentence)),
    ...(reasons.length === 0
      ? []
      : [element('ul', {}, ...reasons.map((reason) => element('li', {}, reason)))]),
    ...passwordChangesNotes(of).map((sentence) => element('p', { class: 'muted' }, sentence)),
    ...(of.lagSeconds === null
      ? []
      : [
          lagTable(
            'From the change to the password on the Mac, of those that reached it',
            of.lagSeconds,
            null,
            'Changes',
          ),
        ]),
    ...(of.late.length === 0
      ? []
      : [
          element('h3', {}, `Late Macs (${of.late.length})`),
          pagedTable({
            what: 'Late Macs',
            heads: [...lateHeads],
            rows: of.late,
            row: (one) => [
              macLink(one.mac, pages),
              time(Date.parse(one.changedAt)),
              element('span', { class: 'age' }, durationText(one.waitingSeconds)),
              withLocalTimes(lateCause(one)),
            ],
          }),
        ]),
  );
}
