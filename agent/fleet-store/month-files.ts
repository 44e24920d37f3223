import { ParquetFile } from './parquet-file.ts';
import { makePartition, storeFilePath } from './store-folder.ts';
import {
  columnsOfStore,
  emptyColumns,
  Months,
  type NamedRow,
  type OwnedColumns,
  type Owner,
  rowOf,
  type StoreCell,
  type StoreTable,
} from './store-tables.ts';

/** Rows of a row group, and rows that wait in memory in all: an event takes about 300 B there. */
const rowsOfGroup = 50_000;
const rowsInMemory = 56_000;

interface OpenFile {
  readonly table: StoreTable;
  readonly file: ParquetFile;
  /** By columns: an array for each row would be a million of them for a thousand Macs. */
  waiting: StoreCell[][];
  rows: number;
}

/** The files of one run: one for each table and month. */
export class MonthFiles {
  readonly #store: string;
  readonly #run: number;
  readonly #months: Months;
  readonly #files = new Map<string, OpenFile>();
  #waiting = 0;
  /** The rows of all tables. */
  rows = 0;

  constructor(store: string, { run, now }: { readonly run: number; readonly now: number }) {
    this.#store = store;
    this.#run = run;
    this.#months = new Months(now);
  }

  /** Adds rows of one Mac. `instants`: for each row, the instant that decides the month. */
  add<Table extends StoreTable>(
    table: Table,
    owner: Owner,
    columns: OwnedColumns<Table>,
    instants: readonly number[],
  ): void {
    for (let from = 0, to = 0; from < instants.length; from = to) {
      const month = this.#months.of(instants[from] ?? 0);
      do to++;
      while (to < instants.length && this.#months.of(instants[to] ?? 0) === month);
      this.#addTo(this.#open(table, month), owner, columns, { from, to });
    }
  }

  /** Adds a row; `at` decides the month. */
  addRow<Table extends StoreTable>(
    table: Table,
    owner: Owner,
    row: Omit<NamedRow<Table>, keyof Owner>,
    at: number,
  ): void {
    const open = this.#open(table, this.#months.of(at));
    for (const [index, cell] of rowOf(table, owner, row).entries()) open.waiting[index]?.push(cell);
    this.#count(open, 1);
  }

  #addTo(
    open: OpenFile,
    owner: Owner,
    columns: Readonly<Record<string, readonly StoreCell[]>>,
    { from, to }: { readonly from: number; readonly to: number },
  ): void {
    const owned: Readonly<Record<string, StoreCell>> = owner;
    for (const [index, { name }] of columnsOfStore(open.table).entries()) {
      const waiting = open.waiting[index] ?? [];
      const cells = columns[name];
      const same = owned[name] ?? null;
      for (let row = from; row < to; row++) waiting.push(cells === undefined ? same : (cells[row] ?? null));
    }
    this.#count(open, to - from);
  }

  #count(open: OpenFile, rows: number): void {
    open.rows += rows;
    this.rows += rows;
    this.#waiting += rows;
    if (open.rows >= rowsOfGroup) this.#write(open);
    else if (this.#waiting >= rowsInMemory) this.#write(this.#fullest());
  }

  /** Completes all files. `written`: is called with the path and the SHA-256 of each. */
  finish(written: (path: string, sha256: string) => void): void {
    for (const open of this.#files.values()) {
      this.#write(open);
      written(open.file.path, open.file.complete());
    }
    for (const { file } of this.#files.values()) file.giveName();
    this.#files.clear();
  }

  /** Deletes what was written. */
  abandon(): void {
    for (const { file } of this.#files.values()) file.abandon();
    this.#files.clear();
  }

  #open(table: StoreTable, month: string): OpenFile {
    const key = `${table} ${month}`;
    const known = this.#files.get(key);
    if (known !== undefined) return known;
    makePartition(this.#store, table, month);
    const file = new ParquetFile(storeFilePath(this.#store, table, month, this.#run), table);
    const open: OpenFile = { table, file, waiting: emptyColumns(table), rows: 0 };
    this.#files.set(key, open);
    return open;
  }

  #write(open: OpenFile): void {
    this.#waiting -= open.rows;
    open.file.write(open.waiting, open.rows);
    open.waiting = emptyColumns(open.table);
    open.rows = 0;
  }

  #fullest(): OpenFile {
    return [...this.#files.values()].reduce((most, one) => (one.rows > most.rows ? one : most));
  }
}
