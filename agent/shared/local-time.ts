import { withInstants } from './instants-in-text.ts';

/**
 * An instant as a person reads it, local: "2026-11-23 09:17", the same in every language. Not by Intl: the first use of its calendars
 * takes as long as all of `status`.
 */
export function localTime(iso: string): string {
  return iso === '' ? 'never' : localDateTime(iso).slice(0, -3);
}

/** The same, without the day when it is today's: "09:17". */
export function timeToday(iso: string, now: Date): string {
  const today = new Date(iso).toDateString() === now.toDateString();
  return today ? localTime(iso).slice(-5) : localTime(iso);
}

/** What this process was told of its person's language, as POSIX has it: `de_DE.UTF-8` is "de-DE". Empty: nothing. */
export function localeOf(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return given.replace(/[.@].*$/, '').replaceAll('_', '-');
}

/** A stable, sortable local time: "2026-11-23 09:17:05". */
export function localDateTime(iso: string): string {
  const at = new Date(iso);
  const two = (number: number) => String(number).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** A sentence of the history, which names instants in UTC, for a person: "expired at 2026-11-23 09:17". */
export function withLocalTimes(text: string): string {
  return withInstants(text, localTime);
}

/** In which zone the local times are: "local, Europe/Berlin". */
export function timeZone(): string {
  return `local, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
}
