import { type EpochMs, minute } from '../../shared/time.ts';

const shape =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?(?: ?(Z|z|[+-]\d{2}:?\d{2}))?$/;

/**
 * The instant of a date with a time in ISO 8601, with `T` or a space between them; null: another text, or no
 * such time. `withoutZone`: whether a time without a zone is UTC, or not known.
 */
export function changeTime(text: string, withoutZone: 'utc' | 'unknown'): EpochMs | null {
  const [, day, time, fraction = '', zone] = shape.exec(text.trim()) ?? [];
  if (day === undefined || time === undefined) return null;
  if (zone === undefined && withoutZone === 'unknown') return null;
  const offset = offsetOf(zone ?? 'Z');
  const at = Date.parse(`${day}T${time}Z`);
  // `Date` reads the 30th of February as a day in March, and 24:00 as the next day.
  if (offset === null || Number.isNaN(at) || !new Date(at).toISOString().startsWith(`${day}T${time}`))
    return null;
  return at + Math.floor(Number(`0.${fraction}0`) * 1000) - offset;
}

function offsetOf(zone: string): number | null {
  if (zone === 'Z' || zone === 'z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * minute;
}
