/** Seconds of a unit, by its English name or abbreviation in lower case, singular. */
const units: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  d: 86_400,
  day: 86_400,
  w: 604_800,
  wk: 604_800,
  week: 604_800,
};
const part = /(\d{1,9}(?:\.\d{1,3})?)\s?([a-z]{1,7})\.?/;
const parts = new RegExp(String.raw`^${part.source}(?:(?:,|\s|\sand\s|,\sand\s)\s?${part.source}){0,4}$`);
const zero = /^0+(?:[.,]0+)?(?:\s?\p{L}{1,20}\.?)?$/u;

/**
 * The seconds of a grace period as macOS prints it: `48 hours`, `1 day, 2 hours`. Captures show "0 hours"; it
 * comes from a formatter of macOS, so other units, abbreviations and (for zero) languages are taken too. A
 * bare number is seconds, as in the profile. Null: not understood.
 */
export function secondsOfGracePeriod(printed: string): number | null {
  const text = printed.trim().toLowerCase();
  if (text.length > 100) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (zero.test(text)) return 0;
  if (!parts.test(text)) return null;
  let seconds = 0;
  for (const [, count, name = ''] of text.matchAll(new RegExp(part.source, 'g'))) {
    const unit = units[name] ?? units[name.replace(/s$/, '')];
    if (unit === undefined) return null;
    seconds += Number(count) * unit;
  }
  return Math.round(seconds);
}
