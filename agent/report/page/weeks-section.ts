import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { weekHeads, weekRow } from '../../fleet/week-rows.ts';
import { durationText } from '../../shared/duration-text.ts';
import { element, section, tableOf } from './element.ts';

/** The trend by week, of a report from a store; the newest week first. */
export function weeksSections({ weeks = [] }: FleetSummary): HTMLElement[] {
  if (weeks.length === 0) return [];
  const rows = weeks.toReversed().map((week) => weekRow(week, durationText));
  return [
    section(
      'weeks',
      'By week',
      element(
        'p',
        { class: 'muted' },
        'Weeks from Monday, UTC. With an issue: one that breaks sign-in was open at the end of the week. A Mac without one need not work: the headline does not count here.',
      ),
      tableOf('The fleet by week', weekHeads, rows),
    ),
  ];
}
