import { freshnessOf, isCurrent } from '../assess/freshness.ts';
import { second } from '../shared/time.ts';
import type { FleetMac, FleetSummary } from './fleet-output.ts';

/** Whether a Mac did not report at `asOf`. A Mac without a record is neither silent nor does it report. */
export function isSilent(
  { lastRecordAt }: Pick<FleetMac, 'lastRecordAt'>,
  { asOf, silentAfterSeconds }: Pick<FleetSummary, 'asOf' | 'silentAfterSeconds'>,
): boolean {
  if (lastRecordAt === null || asOf === null) return false;
  const last = { at: Date.parse(lastRecordAt), agent: 'none' } as const;
  return !isCurrent(freshnessOf(last, Date.parse(asOf), silentAfterSeconds * second));
}
