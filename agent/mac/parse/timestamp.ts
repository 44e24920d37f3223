import { type Iso, minute, toIso } from '../../shared/time.ts';

/** No zone is further from UTC than 14 hours. */
const offset = String.raw`[+-](?:0\d|1[0-4]):?[0-5]\d`;
const shape = new RegExp(
  String.raw`^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))? ?(Z|${offset})$`,
);

/**
 * An instant as macOS prints it, in UTC with whole milliseconds: `2026-04-25T09:03:41Z`, `2026-04-25 09:03:41
 * +0000` (NSDate's description), `2026-04-25 11:03:41.123456+0200` (the unified log). Null for anything else:
 * a date or a zone that does not exist, or a time without a zone, which names no instant.
 */
export function isoOfPrinted(text: string): Iso | null {
  const found = shape.exec(text);
  if (found === null) return null;
  const [, year, month, day, hours, minutes, seconds, fraction = '', zone = 'Z'] = found;
  const local = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const at = Date.parse(local);
  // Date.parse rolls 31 February over into March; what comes back must be what went in.
  if (Number.isNaN(at) || new Date(at).toISOString() !== local) return null;
  return toIso(at - offsetOf(zone));
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * minute;
}
