import { NumberList, type NumberSpace } from './number-list.ts';
import {
  type ColumnCells,
  columnsOfStore,
  type OwnedColumns,
  type Owner,
  type StoreCell,
  type StoreColumn,
  type StoreRow,
  type StoreTable,
} from './store-tables.ts';
import { type TextCells, TextNumbering } from './text-cells.ts';

/**
 * Rows of a table that wait for their row group in a file. A cell is a number, and a text is its number among
 * the different ones: the garbage collector would visit millions of values again and again.
 */
export class RowGroup {
  readonly #columns: readonly GroupColumn[];
  #rows = 0;

  /** `space`: of the groups that are in memory together. */
  constructor(table: StoreTable, space: NumberSpace) {
    this.#columns = columnsOfStore(table).map((column) => new GroupColumn(column, space));
  }

  get rows(): number {
    return this.#rows;
  }

  /** Removes the rows. */
  clear(): void {
    for (const column of this.#columns) column.clear();
    this.#rows = 0;
  }

  /** Adds the rows from `from` up to `to` of one Mac. */
  addColumns<Table extends StoreTable>(
    owner: Owner,
    columns: OwnedColumns<Table>,
    { from, to }: { readonly from: number; readonly to: number },
  ): void {
    const owned: Readonly<Record<string, StoreCell>> = owner;
    const cells: Readonly<Record<string, ColumnCells>> = columns;
    for (const column of this.#columns) {
      const own = cells[column.name];
      if (own === undefined) column.repeat(owned[column.name] ?? null, to - from);
      else column.add(own, from, to);
    }
    this.#rows += to - from;
  }

  addRow(row: StoreRow): void {
    for (const [index, column] of this.#columns.entries()) column.repeat(row[index] ?? null, 1);
    this.#rows++;
  }

  /**
   * The columns with their cells. Rows that are equal in the first of these columns of texts are neighbours,
   * among them those that are equal in the second, and so on. Other rows keep their order.
   */
  *groupedBy(names: readonly string[]): Generator<{ name: string; cells: StoreCell[] }, void> {
    let order = new Uint32Array(this.#rows);
    for (let row = 0; row < this.#rows; row++) order[row] = row;
    // The last column first: each step keeps the order of equal rows.
    for (const name of names.toReversed()) {
      const column = this.#columns.find((one) => one.name === name);
      if (column !== undefined) order = column.grouped(order);
    }
    for (const column of this.#columns) yield { name: column.name, cells: column.cellsOf(order) };
  }
}

class GroupColumn {
  readonly name: string;
  readonly #type: StoreColumn['type'];
  /** NaN: null. */
  readonly #numbers: NumberList;
  #texts: TextNumbering;

  constructor({ name, type }: StoreColumn, space: NumberSpace) {
    this.name = name;
    this.#numbers = new NumberList(space);
    this.#texts = new TextNumbering(name);
    this.#type = type;
  }

  clear(): void {
    this.#numbers.clear();
    this.#texts = new TextNumbering(this.name);
  }

  add(cells: ColumnCells, from: number, to: number): void {
    if ('texts' in cells) this.#addTexts(cells, from, to);
    else this.#numbers.pushAll(cells, from, to);
  }

  #addTexts({ texts, at }: TextCells, from: number, to: number): void {
    // The number of each text among those of the group; NaN: not asked for yet.
    const known = new Float64Array(texts.length).fill(Number.NaN);
    for (let row = from; row < to; row++) {
      const text = at[row] ?? -1;
      let number = Number.NaN;
      if (text >= 0) {
        number = known[text] ?? Number.NaN;
        if (Number.isNaN(number)) known[text] = number = this.#texts.numberOf(texts[text] ?? '');
      }
      this.#numbers.push(number);
    }
  }

  repeat(cell: StoreCell, count: number): void {
    this.#numbers.repeat(this.#numberIn(cell), count);
  }

  #numberIn(cell: StoreCell): number {
    if (cell === null) return Number.NaN;
    return typeof cell === 'string' ? this.#texts.numberOf(cell) : Number(cell);
  }

  /** These rows by the numbers of their texts, null first. Rows of one text keep their order. */
  grouped(rows: Uint32Array): Uint32Array<ArrayBuffer> {
    const numbers = this.#numbers.flat();
    const placeOf = (row: number) => (numbers[row] ?? Number.NaN) + 1 || 0;
    const places = new Uint32Array(this.#texts.texts.length + 2);
    for (const row of rows) places[placeOf(row) + 1] = (places[placeOf(row) + 1] ?? 0) + 1;
    for (let at = 1; at < places.length; at++) places[at] = (places[at] ?? 0) + (places[at - 1] ?? 0);
    const grouped = new Uint32Array(rows.length);
    for (const row of rows) {
      const place = places[placeOf(row)] ?? 0;
      grouped[place] = row;
      places[placeOf(row)] = place + 1;
    }
    return grouped;
  }

  cellsOf(rows: Uint32Array): StoreCell[] {
    const numbers = this.#numbers.flat();
    const cells = new Array<StoreCell>(rows.length);
    for (let at = 0; at < rows.length; at++) {
      const number = numbers[rows[at] ?? 0] ?? Number.NaN;
      if (Number.isNaN(number)) cells[at] = null;
      else if (this.#type === 'text') cells[at] = this.#texts.texts[number] ?? null;
      else cells[at] = this.#type === 'boolean' ? number === 1 : number;
    }
    return cells;
  }
}
