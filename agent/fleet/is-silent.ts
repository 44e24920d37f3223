import { second } from '../shared/time.ts';
import type { FleetMac, FleetSummary } from './fleet-output.ts';

/** Whether a Mac had recorded nothing for too long at `asOf`. A Mac without a record is not listed. */
export function isSilent(
  { lastRecordAt }: Pick<FleetMac, 'lastRecordAt'>,
  { asOf, silentAfterSeconds }: Pick<FleetSummary, 'asOf' | 'silentAfterSeconds'>,
): boolean {
  if (lastRecordAt === null || asOf === null) return false;
  return Date.parse(lastRecordAt) < Date.parse(asOf) - silentAfterSeconds * second;
}
