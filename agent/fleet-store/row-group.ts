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

/**
 * Rows of a table that wait for their row group in a file. A cell is a number, and a text is its number among
 * the different ones: the garbage collector would visit millions of values again and again.
 */
export class RowGroup {
  readonly #columns: readonly GroupColumn[];
  #rows = 0;

  constructor(table: StoreTable) {
    this.#columns = columnsOfStore(table).map((column) => new GroupColumn(column));
  }

  get rows(): number {
    return this.#rows;
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

  /** The columns with their cells, the rows sorted by these columns. */
  *sortedBy(names: readonly string[]): Generator<{ name: string; cells: StoreCell[] }, void> {
    const keys = names.flatMap((name) => this.#columns.find((column) => column.name === name)?.keys() ?? []);
    const order = Uint32Array.from({ length: this.#rows }, (_, row) => row).sort((one, other) => {
      for (const key of keys) {
        const difference = (key[one] ?? 0) - (key[other] ?? 0);
        if (difference !== 0) return difference;
      }
      return 0;
    });
    for (const column of this.#columns) yield { name: column.name, cells: column.cellsOf(order) };
  }
}

const firstRows = 64;

class GroupColumn {
  readonly name: string;
  readonly #type: StoreColumn['type'];
  /** NaN: null. */
  #numbers = new Float64Array(firstRows);
  #length = 0;
  readonly #texts: string[] = [];
  readonly #numberOf = new Map<string, number>();

  constructor({ name, type }: StoreColumn) {
    this.name = name;
    this.#type = type;
  }

  add(cells: ColumnCells, from: number, to: number): void {
    this.#grow(to - from);
    if (cells instanceof Float64Array) {
      this.#numbers.set(cells.subarray(from, to), this.#length);
      this.#length += to - from;
      return;
    }
    let [last, number]: [StoreCell, number] = [null, Number.NaN];
    for (let row = from; row < to; row++) {
      const cell = cells[row] ?? null;
      // Most cells are the same as the one before.
      if (cell !== last) [last, number] = [cell, this.#numberIn(cell)];
      this.#numbers[this.#length++] = number;
    }
  }

  repeat(cell: StoreCell, count: number): void {
    this.#grow(count);
    this.#numbers.fill(this.#numberIn(cell), this.#length, this.#length + count);
    this.#length += count;
  }

  #grow(count: number): void {
    if (this.#length + count <= this.#numbers.length) return;
    const before = this.#numbers;
    this.#numbers = new Float64Array(Math.max(before.length * 2, this.#length + count));
    this.#numbers.set(before);
  }

  #numberIn(cell: StoreCell): number {
    if (typeof cell !== 'string') return cell === null ? Number.NaN : Number(cell);
    const known = this.#numberOf.get(cell);
    if (known !== undefined) return known;
    this.#numberOf.set(cell, this.#texts.length);
    return this.#texts.push(cell) - 1;
  }

  /** Numbers in the order of the cells, null first. */
  keys(): Float64Array {
    const numbers = this.#numbers.subarray(0, this.#length);
    if (this.#type !== 'text') return numbers.map((number) => (Number.isNaN(number) ? -Infinity : number));
    const ranks = new Float64Array(this.#texts.length);
    const sorted = this.#texts.map((text, number) => ({ text, number }));
    sorted.sort((one, other) => (one.text < other.text ? -1 : 1));
    for (const [rank, { number }] of sorted.entries()) ranks[number] = rank;
    return numbers.map((number) => ranks[number] ?? -1);
  }

  cellsOf(rows: Uint32Array): StoreCell[] {
    const cells = new Array<StoreCell>(rows.length);
    for (let at = 0; at < rows.length; at++) {
      const number = this.#numbers[rows[at] ?? 0] ?? Number.NaN;
      if (Number.isNaN(number)) cells[at] = null;
      else if (this.#type === 'text') cells[at] = this.#texts[number] ?? null;
      else cells[at] = this.#type === 'boolean' ? number === 1 : number;
    }
    return cells;
  }
}
