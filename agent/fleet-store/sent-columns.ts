import * as z from 'zod/mini';
import { sanitiseLine } from '../shared/safe-text.ts';
import { columnsOf, type TableName } from '../store/tables.ts';
import { instants, limits } from '../untrusted/table-rows.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { type TextCells, TextNumbering, textAt } from './text-cells.ts';

export type SentCell = string | number | null;

/** A column of numbers; NaN: null. */
type SentNumbers = Float64Array<ArrayBuffer>;

/**
 * Rows of an untrusted table, by columns in the order of the table. As rows, a history of half a year would
 * be four times as long, and every cell a value of its own to check.
 */
export interface SentColumns {
  readonly rows: number;
  readonly columns: readonly (SentNumbers | TextCells)[];
}

/** All columns of numbers in one array: V8 makes an object of its own for each array that it sends. */
export function packColumns({ rows, columns }: SentColumns): PackedColumns {
  const texts = columns.map((column) => ('texts' in column ? column.texts : null));
  const ofTexts = texts.filter((of) => of !== null).length;
  const numbers = new Float64Array(rows * (columns.length - ofTexts));
  const at = new Int32Array(rows * ofTexts);
  let [numbersDone, atDone] = [0, 0];
  for (const column of columns)
    if ('texts' in column) {
      at.set(column.at, atDone);
      atDone += rows;
    } else {
      numbers.set(column, numbersDone);
      numbersDone += rows;
    }
  return { rows, texts, numbers, at };
}

/** An array of thousands of texts: `CheckedColumns` checks their content when it is used. */
const texts = z.custom<readonly string[]>(
  (value) => Array.isArray(value) && value.every((text) => typeof text === 'string'),
);
const packedColumns = z.object({
  rows: z.int().check(z.minimum(0)),
  /** For each column; null: it has numbers. */
  texts: z.array(z.nullable(texts)),
  /** The columns of numbers, one after the other. */
  numbers: z.custom<SentNumbers>((value) => value instanceof Float64Array),
  /** The columns of texts. */
  at: z.custom<TextCells['at']>((value) => value instanceof Int32Array),
});
type PackedColumns = z.infer<typeof packedColumns>;

/** Packed columns, each with as many cells as there are rows. `CheckedColumns` checks the cells. */
export const sentColumns = z.pipe(
  packedColumns,
  z.transform((packed, context): SentColumns => {
    const columns = unpackColumns(packed);
    if (columns !== null) return { rows: packed.rows, columns };
    context.issues.push({ code: 'custom', message: 'a column has other rows', input: packed.rows });
    return z.NEVER;
  }),
);

/** Null: they have more or fewer cells. */
function unpackColumns({ rows, texts, numbers, at }: PackedColumns): SentColumns['columns'] | null {
  const ofTexts = texts.filter((of) => of !== null).length;
  // Rows without columns could be any number.
  if (texts.length === 0 && rows > 0) return null;
  if (numbers.length !== rows * (texts.length - ofTexts) || at.length !== rows * ofTexts) return null;
  let [done, doneOfAt] = [0, 0];
  return texts.map((of) => {
    if (of !== null) return { texts: of, at: at.subarray(doneOfAt++ * rows, doneOfAt * rows) };
    return numbers.subarray(done++ * rows, done * rows);
  });
}

/** Refuses a cell of another type and a very long text. Throws UntrustedDatabaseError. */
export function columnsToSend(table: TableName, rows: readonly (readonly unknown[])[]): SentColumns {
  const columns = columnsOf(table).map(({ name, type }, index) =>
    type === 'text' ? textsOf(table, rows, { name, index }) : numbersOf(table, rows, index),
  );
  return { rows: rows.length, columns };
}

function textsOf(
  table: TableName,
  rows: readonly (readonly unknown[])[],
  { name, index }: { readonly name: string; readonly index: number },
): TextCells {
  const numbering = new TextNumbering(name);
  const at = new Int32Array(rows.length);
  let [last, lastNumber]: [unknown, number] = [null, -1];
  for (let row = 0; row < rows.length; row++) {
    const cell = rows[row]?.[index] ?? null;
    // Most cells are the same as the one before.
    if (cell !== last) {
      if (cell !== null && (typeof cell !== 'string' || cell.length > limits.text)) throw invalidRow(table);
      [last, lastNumber] = [cell, numbering.numberOf(cell)];
    }
    at[row] = lastNumber;
  }
  return { texts: numbering.texts, at };
}

function numbersOf(table: TableName, rows: readonly (readonly unknown[])[], index: number): SentNumbers {
  const numbers = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const cell = rows[row]?.[index] ?? null;
    if (cell !== null && typeof cell !== 'number') throw invalidRow(table);
    numbers[row] = cell ?? Number.NaN;
  }
  return numbers;
}

/** The cells of one row as the database holds them; undefined: there is no such row. */
export function sentRow({ rows, columns }: SentColumns, row: number): SentCell[] | undefined {
  if (row < 0 || row >= rows) return undefined;
  return columns.map((column) => {
    if ('texts' in column) return textAt(column, row);
    const number = column[row] ?? Number.NaN;
    return Number.isNaN(number) ? null : number;
  });
}

/**
 * The columns of an untrusted table as typed values; NaN is null. Throws UntrustedDatabaseError for a cell
 * of another type.
 *
 * The functions that check every number are constants of the module: V8 loses the fast code of a function
 * that is made for one Mac, and compiles it again. Of texts, each different one is checked.
 */
export class CheckedColumns {
  readonly #table: TableName;
  readonly #columns: SentColumns['columns'];
  readonly #from: number;
  readonly #names: ReadonlyMap<string, number>;

  /** Rows before `from` are left out. */
  constructor(table: TableName, { columns }: SentColumns, from = 0) {
    this.#table = table;
    this.#columns = columns;
    this.#from = from;
    this.#names = new Map(columnsOf(table).map(({ name }, index) => [name, index]));
  }

  /** Printable texts, cut after `longest` characters. */
  texts(name: string, longest: number = limits.text): TextCells {
    return this.#texts(name, longest, 0);
  }

  textsOrNull(name: string, longest: number = limits.text): TextCells {
    return this.#texts(name, longest, -1);
  }

  #texts(name: string, longest: number, least: number): TextCells {
    const column = this.#column(name);
    if (!('texts' in column)) throw invalidRow(this.#table);
    const texts = column.texts.map((text) => checkedText(this.#table, text).slice(0, longest));
    const at = column.at.subarray(this.#from);
    for (const number of at) if (number < least || number >= texts.length) throw invalidRow(this.#table);
    return { texts, at };
  }

  /** Within 32 bits, as the store's files hold it. */
  integers(name: string): Float64Array<ArrayBuffer> {
    return this.#numbers(name, isSmall);
  }

  integersOrNull(name: string): Float64Array<ArrayBuffer> {
    return this.#numbers(name, isSmallOrNull);
  }

  instants(name: string): Float64Array<ArrayBuffer> {
    return this.#numbers(name, isInstant);
  }

  instantsOrNull(name: string): Float64Array<ArrayBuffer> {
    return this.#numbers(name, isInstantOrNull);
  }

  #numbers(name: string, isValid: (value: number) => boolean): Float64Array<ArrayBuffer> {
    const numbers = this.#plain(name);
    if (!numbers.every(isValid)) throw invalidRow(this.#table);
    return numbers;
  }

  #plain(name: string): Float64Array<ArrayBuffer> {
    const column = this.#column(name);
    if ('texts' in column) throw invalidRow(this.#table);
    return column.subarray(this.#from);
  }

  #column(name: string): SentColumns['columns'][number] {
    const column = this.#columns[this.#names.get(name) ?? -1];
    if (column === undefined) throw invalidRow(this.#table);
    return column;
  }
}

/** The agent's own texts are printable, and stay unchanged. Throws UntrustedDatabaseError. */
export function checkedText(table: TableName, value: unknown): string {
  if (typeof value !== 'string' || value.length > limits.text) throw invalidRow(table);
  return /^[ -~]*$/.test(value) ? value : sanitiseLine(value, Number.POSITIVE_INFINITY);
}

export const isSmall = (value: unknown) => Number.isInteger(value) && Math.abs(Number(value)) <= 0x7fffffff;

export const isInstant = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= instants.first && Number(value) <= instants.last;

const isSmallOrNull = (value: number) => Number.isNaN(value) || isSmall(value);

const isInstantOrNull = (value: number) => Number.isNaN(value) || isInstant(value);

export function invalidRow(table: TableName): UntrustedDatabaseError {
  return new UntrustedDatabaseError('damaged', `a row of ${table} is invalid`);
}
