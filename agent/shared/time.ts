/** An instant as text: ISO 8601, UTC, ending in `Z`. */
export type Iso = string;

/** An instant as a number: milliseconds since the Unix epoch, by the wall clock. */
export type EpochMs = number;

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Prints whole seconds without a fraction, as macOS does. */
export function toIso(at: EpochMs): Iso {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** The instant of a valid ISO text. Throws RangeError on any other text. */
export function fromIso(iso: Iso): EpochMs {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) throw new RangeError(`not an ISO 8601 instant: ${iso}`);
  return at;
}

/** The instant of an ISO text that may be missing. */
export function instantOrNull(iso: Iso | null | undefined): EpochMs | null {
  return iso === null || iso === undefined ? null : fromIso(iso);
}

/** The text of an instant that may be missing. */
export function isoOrNull(at: EpochMs | null): Iso | null {
  return at === null ? null : toIso(at);
}
