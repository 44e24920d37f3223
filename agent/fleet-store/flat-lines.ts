import { fittingRecords } from './fitting-records.ts';
import type { FlatRecord } from './flat-record.ts';

/** In bytes, with the line feed: below the 8 KiB of rsyslog, the smallest limit of the known shippers. */
const mostBytesOfLine = 8_000;

/** A record as flat NDJSON: one line, or more when it is too long for one. */
export function flatLines(record: FlatRecord): string {
  return fittingRecords(record, { most: mostBytesOfLine, write: lineOf }).join('');
}

/** The time first: some platforms look for it in the first characters only. */
function lineOf({ record, at, uid, history, mac, user, values }: FlatRecord): string {
  const time = new Date(at).toISOString();
  return `${JSON.stringify({ time, record, uid, history, mac, user, ...values })}\n`;
}
