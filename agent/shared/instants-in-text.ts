import type { Iso } from './time.ts';

/** Replaces each instant (ISO 8601, UTC) in a text by `format(instant)`. */
export function withInstants(text: string, format: (iso: Iso) => string): string {
  return text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, format);
}
