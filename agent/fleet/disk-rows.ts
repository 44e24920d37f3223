import Database from 'better-sqlite3';
import { ProblemError } from '../shared/errors.ts';

/** So many rows are read at once. Of many, V8 would keep those in use until a full garbage collection. */
const rowsAtOnce = 16;

interface Position {
  readonly key: string | number;
  readonly number: number;
}

/**
 * Rows that wait on the disk, so that a list of any number of Macs takes the same memory. They are read in
 * the order of their keys; equal keys stay in the order of the additions. A row is plain JSON. SQLite keeps
 * them in a file without a name, which ends with the process.
 */
export class DiskRows<Row> implements Iterable<Row> {
  readonly #add: Database.Statement<[string | number, number, string]>;
  readonly #after: Database.Statement<[string | number, number], Position & { readonly json: string }>;
  #length = 0;

  constructor() {
    const db = new Database('');
    db.pragma('cache_size = -256');
    db.exec(`
      CREATE TABLE waiting (key, number INTEGER, json TEXT, PRIMARY KEY (key, number)) WITHOUT ROWID;
      BEGIN;
    `);
    this.#add = db.prepare('INSERT INTO waiting (key, number, json) VALUES (?, ?, ?)');
    this.#after = db.prepare(
      `SELECT * FROM waiting WHERE (key, number) > (?, ?) ORDER BY key, number LIMIT ${rowsAtOnce}`,
    );
  }

  get length(): number {
    return this.#length;
  }

  add(row: Row, key: string | number = 0): void {
    try {
      this.#add.run(key, this.#length++, JSON.stringify(row));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ProblemError(`the folder for temporary files can't be written: ${why}.`, { cause });
    }
  }

  *[Symbol.iterator](): Generator<Row, void> {
    // In SQLite, a number comes before every text.
    let last: Position = { key: Number.NEGATIVE_INFINITY, number: 0 };
    for (;;) {
      const rows = this.#after.all(last.key, last.number);
      for (const { json } of rows) {
        const row: Row = JSON.parse(json);
        yield row;
      }
      const next = rows.at(-1);
      if (next === undefined) return;
      last = next;
    }
  }
}
