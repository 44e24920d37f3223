import { counted } from '../shared/counted.ts';
import type { FleetSummary } from './fleet-output.ts';

/** How many issues opened, on how many Macs, in which time. Without a full stop. */
export function breaksText({
  count,
  macs,
  macDays,
}: Pick<FleetSummary['breaks'], 'count' | 'macs' | 'macDays'>): string {
  const time = macDays === 0 ? 'less than a day' : counted(macDays, 'Mac-day');
  return `${counted(count, 'break')} on ${counted(macs, 'Mac')} in ${time}`;
}
