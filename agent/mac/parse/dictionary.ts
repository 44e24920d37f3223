import * as z from 'zod/mini';

const schema = z.record(z.string(), z.unknown());
export type Dictionary = Readonly<Record<string, unknown>>;

/** A property list's dictionary, or null for any other value. */
export function dictionaryOf(value: unknown): Dictionary | null {
  if (value instanceof Date || value instanceof Uint8Array) return null;
  const checked = schema.safeParse(value);
  return checked.success ? checked.data : null;
}

/** A whole or broken number, also when a profile's author wrote it as text; null for anything else. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A switch, also when it is written 0 or 1, as old payloads do. */
export function booleanOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 1 ? true : value === 0 ? false : null;
}
