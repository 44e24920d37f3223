import type { NumberSpace } from './number-list.ts';
import { ParquetFile } from './parquet-file.ts';
import { RowGroup } from './row-group.ts';
import { makePartition, storeFilePath } from './store-folder.ts';
import {
  Months,
  monthOf,
  type NamedRow,
  type OwnedColumns,
  type Owner,
  rowOf,
  type StoreTable,
} from './store-tables.ts';

/** Rows of a row group, and rows that wait in memory in all: an event takes about 300 B there. */
const rowsOfGroup = 50_000;
const rowsInMemory = 56_000;

interface RunOfStore {
  /** Its number. */
  readonly run: number;
  readonly now: number;
  /** The first instant that the store keeps; null: it keeps all. */
  readonly keptSince: number | null;
  /** Of this run and the next ones. */
  readonly space: NumberSpace;
}

interface OpenFile {
  readonly file: ParquetFile;
  readonly waiting: RowGroup;
}

/** The files of one run: one for each table and month. */
export class MonthFiles {
  readonly #store: string;
  readonly #run: number;
  readonly #months: Months;
  /** Rows of earlier months are left out: `--keep` has deleted them. */
  readonly #firstMonth: string;
  readonly #files = new Map<string, OpenFile>();
  readonly #space: NumberSpace;
  #waiting = 0;
  /** The rows of all tables. */
  rows = 0;

  constructor(store: string, { run, now, keptSince, space }: RunOfStore) {
    this.#firstMonth = keptSince === null ? '' : monthOf(keptSince);
    this.#store = store;
    this.#run = run;
    this.#space = space;
    this.#months = new Months(now);
  }

  /** Adds rows of one Mac. `instants`: for each row, the instant that decides the month. */
  add<Table extends StoreTable>(
    table: Table,
    owner: Owner,
    columns: OwnedColumns<Table>,
    instants: Float64Array,
  ): void {
    for (let from = 0, to = 0; from < instants.length; from = to) {
      const month = this.#months.of(instants[from] ?? 0);
      do to++;
      while (to < instants.length && this.#months.of(instants[to] ?? 0) === month);
      if (month < this.#firstMonth) continue;
      const open = this.#open(table, month);
      open.waiting.addColumns(owner, columns, { from, to });
      this.#count(open, to - from);
    }
  }

  /** Adds a row; `at` decides the month. `until`: its newest instant decides whether it is left out. */
  addRow<Table extends StoreTable>(
    table: Table,
    owner: Owner,
    row: Omit<NamedRow<Table>, keyof Owner>,
    at: number,
    until = at,
  ): void {
    if (this.#months.of(until) < this.#firstMonth) return;
    const open = this.#open(table, this.#months.of(at));
    open.waiting.addRow(rowOf(table, owner, row));
    this.#count(open, 1);
  }

  #count(open: OpenFile, rows: number): void {
    this.rows += rows;
    this.#waiting += rows;
    if (open.waiting.rows >= rowsOfGroup) this.#write(open);
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
    const open: OpenFile = { file, waiting: new RowGroup(table, this.#space) };
    this.#files.set(key, open);
    return open;
  }

  #write(open: OpenFile): void {
    this.#waiting -= open.waiting.rows;
    open.file.write(open.waiting);
    open.waiting.clear();
  }

  #fullest(): OpenFile {
    return [...this.#files.values()].reduce((most, one) =>
      one.waiting.rows > most.waiting.rows ? one : most,
    );
  }
}
