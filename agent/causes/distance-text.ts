import { counted } from '../shared/counted.ts';
import { day, hour, minute } from '../shared/time.ts';
import type { ChangeBefore } from './changes-since-last-good.ts';

/** How long before an issue a change was: "20 minutes before", "3 days before (6 minutes in use)". */
export function distanceText({ wall, active }: Pick<ChangeBefore, 'wall' | 'active'>): string {
  if (wall < minute) return 'shortly before';
  // Only where the clock alone would mislead.
  const used = active === null || wall < 2 * hour || active > wall / 2 ? '' : ` (${span(active)} in use)`;
  return `${span(wall)} before${used}`;
}

function span(time: number): string {
  if (time < minute) return 'less than a minute';
  if (time < 2 * hour) return counted(Math.round(time / minute), 'minute');
  if (time < 2 * day) return counted(Math.round(time / hour), 'hour');
  return counted(Math.round(time / day), 'day');
}
