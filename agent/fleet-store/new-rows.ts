import * as z from 'zod/mini';
import { sanitiseLine } from '../shared/safe-text.ts';
import { instants, limits } from '../untrusted/table-rows.ts';
import { UntrustedDatabaseError, untrustedDatabaseReasons } from '../untrusted/untrusted-database-error.ts';

/** A line to the untrusted reader: which rows of a database are new. */
export const newRowsRequest = z.object({
  path: z.string(),
  /** Events from this number on: the last stored one comes too, for comparison. */
  after: z.int(),
  /** Token cycles that began later; null: all. */
  windowsAfter: z.nullable(z.int()),
  /** Only these events: which of the stored histories is this one? Empty: the new rows are wanted. */
  compare: z.array(z.int()),
});
export type NewRowsRequest = z.infer<typeof newRowsRequest>;

type Row = readonly (string | number | null)[];
/**
 * Each cell is checked when it is used, see `Cells`: a schema for each would take longer than the reading.
 */
const rows = z.custom<readonly Row[]>(
  (value) => Array.isArray(value) && value.every((row) => Array.isArray(row)),
);

/** A line of the untrusted reader: one for each request, in the same order. */
export const newRowsAnswer = z.union([
  z.object({
    schemaVersion: z.int(),
    /** Cells of `state`: key, value, since. */
    state: rows,
    /** Cells of `event`, in the order of its columns. */
    events: rows,
    /** There are later events: ask again. Then episodes and token cycles are empty. */
    more: z.boolean(),
    /** The number and the instant of the last event; 0: none. */
    lastId: z.int(),
    lastAt: z.int(),
    episodes: rows,
    /** Cells of `sync_cycle`, in the order of its columns. */
    windows: rows,
    /** How many token cycles began up to `windowsAfter`, and when the first one began. */
    windowsBefore: z.int(),
    firstWindow: z.nullable(z.int()),
  }),
  z.object({ reason: z.enum(untrustedDatabaseReasons), detail: z.string() }),
]);
export type NewRowsAnswer = z.infer<typeof newRowsAnswer>;
export type NewRows = Extract<NewRowsAnswer, { events: unknown }>;

/** Reads typed cells from a row of an untrusted file, and throws UntrustedDatabaseError for another type. */
export class Cells {
  readonly #row: readonly (string | number | null)[];
  readonly #table: string;

  constructor(table: string, row: readonly (string | number | null)[]) {
    this.#table = table;
    this.#row = row;
  }

  text(index: number): string {
    const value = this.#row[index];
    if (typeof value !== 'string' || value.length > limits.text) throw this.#invalid();
    // The agent's own texts are printable, and stay unchanged.
    return /^[ -~]*$/.test(value) ? value : sanitiseLine(value, Number.POSITIVE_INFINITY);
  }

  textOrNull(index: number): string | null {
    return this.#row[index] === null ? null : this.text(index);
  }

  /** Within 32 bits, as the store's files hold it. */
  integer(index: number): number {
    const value = this.#row[index];
    if (!Number.isInteger(value) || Math.abs(Number(value)) > 0x7fffffff) throw this.#invalid();
    return Number(value);
  }

  integerOrNull(index: number): number | null {
    return this.#row[index] === null ? null : this.integer(index);
  }

  instant(index: number): number {
    const value = this.#row[index];
    if (!Number.isInteger(value) || Number(value) < instants.first || Number(value) > instants.last)
      throw this.#invalid();
    return Number(value);
  }

  instantOrNull(index: number): number | null {
    return this.#row[index] === null ? null : this.instant(index);
  }

  #invalid(): UntrustedDatabaseError {
    return new UntrustedDatabaseError('damaged', `a row of ${this.#table} is invalid`);
  }
}
