/** ISO 8601, UTC, ending in `Z`: how every instant is kept and printed. */
export type Iso = string;

/** Milliseconds since the Unix epoch, by the wall clock. */
export type EpochMs = number;

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Whether what was so then may be said to be so. Looks are a few minutes apart, and an agent that is at work may be set to an hour. */
export function isFresh(at: EpochMs, now: EpochMs, atWork: boolean): boolean {
  return now - at < (atWork ? 2 * hour : 15 * minute);
}

/** Whole seconds are printed without a fraction, as macOS prints them. */
export function toIso(at: EpochMs): Iso {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** The instant of an ISO text that was written by us or checked at the border. Throws RangeError on anything else. */
export function fromIso(iso: Iso): EpochMs {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) throw new RangeError(`not an ISO 8601 instant: ${iso}`);
  return at;
}
