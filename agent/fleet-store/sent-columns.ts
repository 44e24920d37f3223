import * as z from 'zod/mini';
import { sanitiseLine } from '../shared/safe-text.ts';
import { columnsOf, type TableName } from '../store/tables.ts';
import { instants, limits } from '../untrusted/table-rows.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { SharedTexts } from './shared-texts.ts';

export type SentCell = string | number | null;

/** A column of texts has each different text once, and the number of the text for each row. */
interface SentTexts {
  readonly texts: readonly string[];
  readonly at: readonly (number | null)[];
}

/**
 * Rows of an untrusted table, by columns in the order of the table. As rows, a history of half a year would
 * be four times as long, and every cell a value of its own to check.
 */
export interface SentColumns {
  readonly rows: number;
  readonly columns: readonly (readonly (number | null)[] | SentTexts)[];
}

/** The shape alone: `CheckedColumns` checks the cells. */
export const sentColumns = z.custom<SentColumns>(
  (value) =>
    isObject(value) &&
    Number.isInteger(value.rows) &&
    Array.isArray(value.columns) &&
    value.columns.every((column) =>
      Array.isArray(column)
        ? column.length === value.rows
        : isObject(column) &&
          Array.isArray(column.texts) &&
          Array.isArray(column.at) &&
          column.at.length === value.rows,
    ),
);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export const noColumns: SentColumns = { rows: 0, columns: [] };

/** Refuses a cell of another type and a very long text. Throws UntrustedDatabaseError. */
export function columnsToSend(table: TableName, rows: readonly (readonly unknown[])[]): SentColumns {
  const columns = columnsOf(table).map(({ type }, index) =>
    type === 'text' ? textsOf(table, rows, index) : numbersOf(table, rows, index),
  );
  return { rows: rows.length, columns };
}

function textsOf(table: TableName, rows: readonly (readonly unknown[])[], index: number): SentTexts {
  const numbers = new Map<string, number>();
  const at = rows.map((row) => {
    const cell = row[index];
    if (cell === null) return null;
    if (typeof cell !== 'string' || cell.length > limits.text) throw invalidRow(table);
    const known = numbers.get(cell);
    if (known !== undefined) return known;
    numbers.set(cell, numbers.size);
    return numbers.size - 1;
  });
  return { texts: [...numbers.keys()], at };
}

function numbersOf(
  table: TableName,
  rows: readonly (readonly unknown[])[],
  index: number,
): (number | null)[] {
  return rows.map((row) => {
    const cell = row[index];
    if (cell === null || typeof cell === 'number') return cell;
    throw invalidRow(table);
  });
}

/** The cells of one row as the database holds them; undefined: there is no such row. */
export function sentRow({ rows, columns }: SentColumns, row: number): SentCell[] | undefined {
  if (row < 0 || row >= rows) return undefined;
  return columns.map((column) => {
    if (!('texts' in column)) return column[row] ?? null;
    const number = column.at[row] ?? null;
    return number === null ? null : (column.texts[number] ?? null);
  });
}

/**
 * The columns of an untrusted table as typed values. Throws UntrustedDatabaseError for a cell of another
 * type.
 */
export class CheckedColumns {
  readonly #table: TableName;
  readonly #columns: SentColumns['columns'];
  readonly #from: number;
  readonly #shared: SharedTexts;
  readonly #names: ReadonlyMap<string, number>;

  /** `from`: rows before it are left out. `shared`: for the texts that many rows have. */
  constructor(
    table: TableName,
    { columns }: SentColumns,
    { from = 0, shared = new SharedTexts() }: { readonly from?: number; readonly shared?: SharedTexts } = {},
  ) {
    this.#table = table;
    this.#columns = columns;
    this.#from = from;
    this.#shared = shared;
    this.#names = new Map(columnsOf(table).map(({ name }, index) => [name, index]));
  }

  /** Printable texts, cut after `longest` characters. */
  texts(name: string, longest: number = limits.text): string[] {
    return this.textsOrNull(name, longest).map((text) => {
      if (text === null) throw invalidRow(this.#table);
      return text;
    });
  }

  textsOrNull(name: string, longest: number = limits.text): (string | null)[] {
    const column = this.#column(name);
    if (!('texts' in column)) {
      if (column.length > 0) throw invalidRow(this.#table);
      return [];
    }
    const isRepeated = column.texts.length * 2 <= column.at.length;
    const texts = column.texts.map((sent) => {
      const text = checkedText(this.#table, sent).slice(0, longest);
      return isRepeated ? this.#shared.of(text) : text;
    });
    return column.at.slice(this.#from).map((number) => {
      const text = number === null ? null : texts[number];
      if (text === undefined) throw invalidRow(this.#table);
      return text;
    });
  }

  /** Within 32 bits, as the store's files hold it. */
  integers(name: string): number[] {
    return this.#numbers(name, isSmall);
  }

  integersOrNull(name: string): (number | null)[] {
    return this.#numbersOrNull(name, isSmall);
  }

  instants(name: string): number[] {
    return this.#numbers(name, isInstant);
  }

  instantsOrNull(name: string): (number | null)[] {
    return this.#numbersOrNull(name, isInstant);
  }

  #numbers(name: string, isValid: (value: number) => boolean): number[] {
    return this.#plain(name).map((value) => {
      if (value === null || !isValid(value)) throw invalidRow(this.#table);
      return value;
    });
  }

  #numbersOrNull(name: string, isValid: (value: number) => boolean): (number | null)[] {
    return this.#plain(name).map((value) => {
      if (value !== null && !isValid(value)) throw invalidRow(this.#table);
      return value;
    });
  }

  #plain(name: string): readonly (number | null)[] {
    const column = this.#column(name);
    if ('texts' in column) throw invalidRow(this.#table);
    return this.#from === 0 ? column : column.slice(this.#from);
  }

  #column(name: string): SentColumns['columns'][number] {
    return this.#columns[this.#names.get(name) ?? -1] ?? [];
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

export function invalidRow(table: TableName): UntrustedDatabaseError {
  return new UntrustedDatabaseError('damaged', `a row of ${table} is invalid`);
}
