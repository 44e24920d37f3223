import * as z from 'zod/mini';
import type { Method } from '../../../shared/observation.ts';
import type { Iso } from '../../../shared/time.ts';
import { parseJson } from '../../parse/json.ts';
import { isoOfPrinted } from '../../parse/timestamp.ts';
import { type Enumeration, parseEnumeration } from './enumeration.ts';
import { secondsOfGracePeriod } from './grace-period.ts';
import { methodOf } from './login-type.ts';

// Built once: building a schema costs more than using it, and a poll reads some thirty keys.
const booleanValue = z.boolean();
const textValue = z.string();
const enumerationValue = z.union([z.string(), z.number()]);

/**
 * The keys of one JSON section. Every key may be missing (a nil value drops its key) or of another type in
 * another macOS: both are null, and the second is also a warning, which names the key and never the value.
 */
export class SectionFields {
  readonly #section: string;
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #warnings: string[];

  constructor(section: string, values: ReadonlyMap<string, unknown>, warnings: string[]) {
    this.#section = section;
    this.#values = values;
    this.#warnings = warnings;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  warn(key: string, what: string): void {
    this.#warnings.push(`${this.#section} section: ${key} ${what}`);
  }

  read<T>(key: string, schema: z.ZodMiniType<T>): T | null {
    if (!this.#values.has(key)) return null;
    const checked = schema.safeParse(this.#values.get(key));
    if (checked.success) return checked.data;
    this.warn(key, 'is not of the expected type');
    return null;
  }

  boolean(key: string): boolean | null {
    return this.read(key, booleanValue);
  }

  text(key: string): string | null {
    return this.read(key, textValue);
  }

  instant(key: string): Iso | null {
    return this.#understood(key, this.text(key), isoOfPrinted);
  }

  /** A text that may leave only in a form that `safe` knows. */
  safeText(key: string, safe: (text: string) => string | null): string | null {
    return this.#understood(key, this.text(key), safe);
  }

  /** Seconds. */
  gracePeriod(key: string): number | null {
    return this.#understood(key, this.text(key), secondsOfGracePeriod);
  }

  enumeration(key: string): Enumeration {
    const value = this.read(key, enumerationValue);
    if (value === null) return { number: null, label: null };
    const enumeration = parseEnumeration(value);
    if (enumeration.number === null) this.warn(key, 'has no number');
    return enumeration;
  }

  #understood<T>(key: string, text: string | null, understand: (text: string) => T | null): T | null {
    if (text === null) return null;
    const understood = understand(text);
    if (understood === null) this.warn(key, 'is not in a form that is known');
    return understood;
  }
}

/** The sign-in method of a section, with a warning for one that is not known. */
export function methodIn(fields: SectionFields, loginType: Enumeration): Method {
  const method = methodOf(loginType);
  if (method === 'unknown' && loginType.number !== null)
    fields.warn('loginType', 'is a sign-in method that is not known');
  return method;
}

/**
 * The top-level keys of a JSON object; null when the text is none. A map, so that no key meets a prototype.
 */
export function parseObject(json: string): ReadonlyMap<string, unknown> | null {
  try {
    const value = parseJson(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return new Map(Object.entries(value));
  } catch {
    return null;
  }
}
