import * as z from 'zod/mini';
import type { TableName } from '../store/tables.ts';
import { untrustedDatabaseReasons } from '../untrusted/untrusted-database-error.ts';
import {
  checkedText,
  invalidRow,
  isInstant,
  packColumns,
  type SentCell,
  sentColumns,
} from './sent-columns.ts';

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

type Row = readonly SentCell[];
/**
 * Each cell is checked when it is used, see `Cells`: a schema for each would take longer than the reading.
 */
const rows = z.custom<readonly Row[]>((value) => Array.isArray(value) && value.every(Array.isArray));

/** An answer of the untrusted reader: one for each request, in the same order. */
export const newRowsAnswer = z.union([
  z.object({
    schemaVersion: z.int(),
    /** Cells of `state`: key, value, since. */
    state: rows,
    /** Of `event`. */
    events: sentColumns,
    /** There are later events: ask again. Then episodes and token cycles are empty. */
    more: z.boolean(),
    /** The last event of the database, id 0 if it has none; null: no events were compared. */
    last: z.nullable(z.object({ id: z.int(), at: z.int() })),
    episodes: rows,
    /** Of `sync_cycle`. */
    windows: sentColumns,
    /** How many token cycles began up to `windowsAfter`, and when the first one began. */
    windowsBefore: z.int(),
    firstWindow: z.nullable(z.int()),
  }),
  z.object({ reason: z.enum(untrustedDatabaseReasons), detail: z.string() }),
]);
export type NewRowsAnswer = z.infer<typeof newRowsAnswer>;
export type NewRows = Extract<NewRowsAnswer, { events: unknown }>;

/** An answer as `newRowsAnswer` reads it. */
export function packAnswer(answer: NewRowsAnswer): z.input<typeof newRowsAnswer> {
  if ('reason' in answer) return answer;
  return { ...answer, events: packColumns(answer.events), windows: packColumns(answer.windows) };
}

/** Reads typed cells from a row of an untrusted file, and throws UntrustedDatabaseError for another type. */
export class Cells {
  readonly #row: Row;
  readonly #table: TableName;

  constructor(table: TableName, row: Row) {
    this.#table = table;
    this.#row = row;
  }

  text(index: number): string {
    return checkedText(this.#table, this.#row[index]);
  }

  instant(index: number): number {
    const value = this.#row[index];
    if (!isInstant(value)) throw invalidRow(this.#table);
    return Number(value);
  }

  instantOrNull(index: number): number | null {
    return this.#row[index] === null ? null : this.instant(index);
  }
}
