import { ParquetFile } from './parquet-file.ts';
import { makePartition, storeFilePath } from './store-folder.ts';
import { monthOf, type StoreRow, type StoreTable } from './store-tables.ts';

/** Rows of a row group, and rows that wait in memory in all: an event takes about 400 B there. */
const rowsOfGroup = 50_000;
const rowsInMemory = 40_000;

interface OpenFile {
  readonly file: ParquetFile;
  waiting: StoreRow[];
}

/** The files of one run: one for each table and month. */
export class MonthFiles {
  readonly #store: string;
  readonly #run: number;
  readonly #now: number;
  readonly #files = new Map<string, OpenFile>();
  #waiting = 0;
  /** The rows of all tables. */
  rows = 0;

  constructor(store: string, { run, now }: { readonly run: number; readonly now: number }) {
    this.#store = store;
    this.#run = run;
    this.#now = now;
  }

  /** `at`: the instant that decides the month. */
  add(table: StoreTable, at: number, row: StoreRow): void {
    const open = this.#open(table, monthOf(at, this.#now));
    open.waiting.push(row);
    this.rows++;
    this.#waiting++;
    if (open.waiting.length >= rowsOfGroup) this.#write(open);
    else if (this.#waiting >= rowsInMemory) this.#write(this.#fullest());
  }

  /** Completes all files. */
  finish(): void {
    for (const open of this.#files.values()) {
      this.#write(open);
      open.file.complete();
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
    const open: OpenFile = { file, waiting: [] };
    this.#files.set(key, open);
    return open;
  }

  #write(open: OpenFile): void {
    this.#waiting -= open.waiting.length;
    open.file.write(open.waiting);
    open.waiting = [];
  }

  #fullest(): OpenFile {
    return [...this.#files.values()].reduce((most, one) =>
      one.waiting.length > most.waiting.length ? one : most,
    );
  }
}
