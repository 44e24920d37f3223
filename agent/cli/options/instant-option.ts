import { UsageError } from '../../shared/errors.ts';
import type { EpochMs } from '../../shared/time.ts';

const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const span = /^(\d{1,5})([smhdw])$/;
const date = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Parses an instant: `30s`, `5m`, `4h`, `2d`, `1w` before now; `today`, `yesterday`; a date, or a date and
 * time. Without a zone it is local time. A day alone is its start, or, for the end of a range, its last
 * millisecond.
 *
 * Throws UsageError. It never guesses: `Date.parse` reads "5" as a day in May 2001.
 */
export function instantOption(
  name: string,
  text: string,
  now: EpochMs,
  dayMeans: 'start' | 'end' = 'start',
): EpochMs {
  const ago = span.exec(text);
  if (ago !== null) return now - Number(ago[1]) * (units[ago[2] ?? 'm'] ?? 0);
  const [, day, time = dayMeans === 'start' ? '00:00' : '23:59:59.999', zone = ''] =
    date.exec(dayNamed(text, now) ?? text) ?? [];
  const at = day === undefined || !exists(day) ? Number.NaN : Date.parse(`${day}T${time}${zone}`);
  if (Number.isNaN(at)) {
    throw new UsageError(
      `--${name} takes a time ago (30s, 5m, 4h, 2d, 1w), today, yesterday, or a date such as ` +
        `2026-11-23 or 2026-11-23T09:00:00Z, not "${text}".`,
    );
  }
  return at;
}

/** The local date of `today` or `yesterday`, in any case; null: another text. */
function dayNamed(text: string, now: EpochMs): string | null {
  const name = text.toLowerCase();
  if (name !== 'today' && name !== 'yesterday') return null;
  const at = new Date(now);
  if (name === 'yesterday') at.setDate(at.getDate() - 1);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Whether the calendar has this day: `Date` reads the 30th of February as a day in March. */
function exists(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

/** Parses `--since`. Throws UsageError, also for an instant in the future. */
export function sinceOption(text: string, now: EpochMs): EpochMs {
  const since = instantOption('since', text, now);
  if (since > now) throw new UsageError(`--since ${text} is in the future.`);
  return since;
}

/** Parses `--since` and `--until`. Throws UsageError when the range is empty. */
export function rangeOption(
  options: { readonly since?: string; readonly until?: string },
  now: EpochMs,
): { since?: EpochMs; until?: EpochMs } {
  const range = {
    ...(options.since === undefined ? {} : { since: sinceOption(options.since, now) }),
    ...(options.until === undefined ? {} : { until: instantOption('until', options.until, now, 'end') }),
  };
  if (range.since !== undefined && range.until !== undefined && range.since > range.until)
    throw new UsageError(`--since ${options.since} is later than --until ${options.until}.`);
  return range;
}
