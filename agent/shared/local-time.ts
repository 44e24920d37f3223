import { withInstants } from './instants-in-text.ts';

/**
 * An instant in local time, the same in every language: "2026-11-23 09:17". Does not use Intl: its first use
 * takes as long as the whole command `status`.
 */
export function localTime(iso: string): string {
  return iso === '' ? 'never' : localDateTime(iso).slice(0, -3);
}

/** A sortable local time: "2026-11-23 09:17:05". */
export function localDateTime(iso: string): string {
  const at = new Date(iso);
  const two = (number: number) => String(number).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Replaces the instants in an event's sentence by local times: "expired at 2026-11-23 09:17". */
export function withLocalTimes(text: string): string {
  return withInstants(text, localTime);
}

/** The time zone of the local times: "Europe/Berlin". */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
