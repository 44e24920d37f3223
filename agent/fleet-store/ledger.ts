import { chmodSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { ProblemError } from '../shared/errors.ts';
import {
  type HistoryRow,
  historyInRow,
  type LedgerHistory,
  type ListedHistory,
  listedHistoryInRow,
  recordInRow,
} from './ledger-history.ts';
import { ledgerError, lostLedger } from './store-errors.ts';
import { ledgerPath, makeStoreFolder, storeFiles } from './store-folder.ts';

/** `make`: as `write`, and a folder that is no store yet becomes one. */
type LedgerUse = 'read' | 'write' | 'make';

/** What tells that a file is unchanged: size and modification time of the database and of its WAL. */
export interface LedgerFile {
  /** Absolute, so that a call from another folder finds it. */
  readonly path: string;
  readonly stamp: string;
  readonly history: string;
  readonly mac: string;
}

const tables = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS history (
    id TEXT PRIMARY KEY, base TEXT NOT NULL, mac TEXT NOT NULL, host TEXT NOT NULL, last_id INTEGER NOT NULL,
    last_at INTEGER NOT NULL, marks TEXT NOT NULL, record BLOB NOT NULL
  );
  CREATE INDEX IF NOT EXISTS history_branch ON history (base) WHERE id <> base;
  CREATE INDEX IF NOT EXISTS history_mac ON history (mac, id);
  CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, history TEXT NOT NULL, mac TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS compacted (run INTEGER PRIMARY KEY, rows_until INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS written (file TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS consumer (id TEXT PRIMARY KEY, folder TEXT NOT NULL, run INTEGER NOT NULL) WITHOUT ROWID;
`;

/** The index `history_mac` has this order. Without it, SQLite would hold all rows to sort them. */
const listed = 'history WHERE last_at >= ? ORDER BY mac, id';

/** Raised by a change that other versions can't read. */
const ledgerVersion = 2;

interface Statements {
  file?: Database.Statement<[string], LedgerFile>;
  saveFile?: Database.Statement<[string, string, string, string]>;
  history?: Database.Statement<[string], HistoryRow>;
  branches?: Database.Statement<[{ base: string }], HistoryRow>;
  saveHistory?: Database.Statement<[string, string, string, string, number, number, string, Uint8Array]>;
}

/**
 * The ledger of a store, `ledger.db`: what the Parquet files hold of each history. It changes in one
 * transaction at the end of a run, after the files: what a killed run wrote is unknown to the ledger, and the
 * next run deletes it and writes it again.
 */
export class Ledger {
  readonly #store: string;
  readonly #db: Database.Database;
  /** Prepared at their first use: a run needs them for each database. */
  readonly #statements: Statements = {};

  /** To write takes the store for this process until `close`. Throws ProblemError, as every method does. */
  constructor(store: string, use: LedgerUse) {
    this.#store = store;
    const path = ledgerPath(store);
    try {
      if (use === 'make') makeStoreFolder(store);
      else if (!existsSync(path) && storeFiles(store).length > 0) throw lostLedger(store);
      this.#db = new Database(path, { fileMustExist: use !== 'make', timeout: use === 'read' ? 5_000 : 200 });
    } catch (cause) {
      throw ledgerError(store, cause);
    }
    try {
      this.#guarded(() => this.#open(use !== 'read'));
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  #open(write: boolean): void {
    // A report reads each record once: a small cache serves it.
    this.#db.pragma(`cache_size = ${write ? -2048 : -256}`);
    this.#db.pragma('trusted_schema = OFF');
    const foreign = "SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index')";
    if (this.#db.prepare(foreign).get() !== undefined) throw new Error('it has views or triggers');
    if (!write) {
      // All that is read is of one moment.
      this.#db.exec('BEGIN');
      this.#checkVersion();
      return;
    }
    chmodSync(ledgerPath(this.#store), 0o600);
    this.#db.exec('BEGIN IMMEDIATE');
    this.#db.exec(tables);
    if (this.get('version') === null) this.#begin();
    this.#checkVersion();
  }

  #checkVersion(): void {
    const version = this.number('version') ?? ledgerVersion;
    if (version > ledgerVersion)
      throw new ProblemError(`the store ${this.#store} is of a later version: update PSSO Monitor.`);
    if (version < ledgerVersion)
      throw new ProblemError(
        `the store ${this.#store} was made by a test build of PSSO Monitor, which this version can't read. ` +
          'Nothing was changed. Name a new folder: that gets what the databases still hold.',
      );
  }

  /**
   * The new ledger is on the disk before the first file. So files without a ledger are not those of a killed
   * run: the next run would delete them, and they can have what the Macs have deleted.
   */
  #begin(): void {
    if (storeFiles(this.#store).length > 0) throw lostLedger(this.#store);
    this.set('version', String(ledgerVersion));
    this.#db.exec('COMMIT; BEGIN IMMEDIATE');
  }

  #guarded<Result>(use: () => Result): Result {
    try {
      return use();
    } catch (cause) {
      throw ledgerError(this.#store, cause);
    }
  }

  get(key: string): string | null {
    const sql = 'SELECT value FROM meta WHERE key = ?';
    return this.#guarded(() => this.#db.prepare<[string], string>(sql).pluck().get(key) ?? null);
  }

  /** The whole number of a key. */
  number(key: string): number | null {
    const value = this.get(key);
    return this.#guarded(() => (value === null ? null : wholeNumber(value, key)));
  }

  set(key: string, value: string): void {
    this.#guarded(() =>
      this.#db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value),
    );
  }

  /** The number of the last run whose files are complete. */
  get run(): number {
    const run = this.number('run') ?? 0;
    if (run < 0) throw ledgerError(this.#store, new Error('the number of the last run is negative'));
    return run;
  }

  file(path: string): LedgerFile | undefined {
    return this.#guarded(() => {
      this.#statements.file ??= this.#db.prepare('SELECT * FROM file WHERE path = ?');
      return this.#statements.file.get(path);
    });
  }

  saveFile({ path, stamp, history, mac }: LedgerFile): void {
    this.#guarded(() => {
      this.#statements.saveFile ??= this.#db.prepare(
        'INSERT OR REPLACE INTO file (path, stamp, history, mac) VALUES (?, ?, ?, ?)',
      );
      this.#statements.saveFile.run(path, stamp, history, mac);
    });
  }

  history(id: string): LedgerHistory | undefined {
    return this.#guarded(() => {
      this.#statements.history ??= this.#db.prepare('SELECT * FROM history WHERE id = ?');
      const row = this.#statements.history.get(id);
      return row && historyInRow(row);
    });
  }

  /** A history and its branches, in the order of their numbers. */
  branches(base: string): LedgerHistory[] {
    return this.#guarded(() => {
      // An index for each part: that of branches holds no other history.
      this.#statements.branches ??= this.#db.prepare(
        `SELECT * FROM history WHERE id = @base AND base = @base
         UNION ALL SELECT * FROM history WHERE base = @base AND id <> base`,
      );
      return this.#statements.branches.all({ base }).map(historyInRow).sort(byNumber);
    });
  }

  saveHistory(of: LedgerHistory): void {
    const { id, base, mac, host, lastId, lastAt, marks, record } = of;
    this.#guarded(() => {
      this.#statements.saveHistory ??= this.#db.prepare(
        // In place: REPLACE would delete the row, and change every index.
        `INSERT INTO history (id, base, mac, host, last_id, last_at, marks, record)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET mac = excluded.mac, host = excluded.host,
           last_id = excluded.last_id, last_at = excluded.last_at, marks = excluded.marks,
           record = excluded.record`,
      );
      this.#statements.saveHistory.run(id, base, mac, host, lastId, lastAt, JSON.stringify(marks), record);
    });
  }

  /**
   * Forgets what is known of the histories without an event since then: the name, the record, and the files
   * that do not exist any more. Their ids, numbers and hashes stay: a Mac that returns goes on where it was,
   * and a clone of it stays a branch. `nothing`: the record of a history without events.
   */
  forgetHistoriesBefore(since: number, nothing: Uint8Array): void {
    this.#guarded(() => {
      // SQLite overwrites what it frees.
      this.#db.pragma('secure_delete = ON');
      const forget = "UPDATE history SET mac = '', host = '', record = ? WHERE last_at < ? AND mac <> ''";
      this.#db.prepare(forget).run(nothing, since);
      const files = "SELECT path FROM file WHERE history IN (SELECT id FROM history WHERE mac = '')";
      const forgetFile = this.#db.prepare('DELETE FROM file WHERE path = ?');
      for (const path of this.#db.prepare<[], string>(files).pluck().all())
        if (!existsSync(path)) forgetFile.run(path);
    });
  }

  removeHistory(id: string): void {
    this.#guarded(() => this.#db.prepare('DELETE FROM history WHERE id = ?').run(id));
  }

  /** The histories with an event since then, by the name of the Mac. Their records are read beside them. */
  histories(since: number): Generator<ListedHistory, void> {
    return this.#each(`SELECT id, mac, last_at FROM ${listed}`, since, listedHistoryInRow);
  }

  /** The records of `histories`, in the same order. */
  records(since: number): Generator<Uint8Array, void> {
    return this.#each(`SELECT record FROM ${listed}`, since, recordInRow);
  }

  *#each<Row, Item>(sql: string, since: number, itemIn: (row: Row) => Item): Generator<Item, void> {
    const rows = this.#guarded(() => this.#db.prepare<[number], Row>(sql).iterate(since));
    const next = () => {
      const row = rows.next();
      return row.done === true ? null : { item: itemIn(row.value) };
    };
    try {
      for (let one = this.#guarded(next); one !== null; one = this.#guarded(next)) yield one.item;
    } finally {
      rows.return?.();
    }
  }

  /** How many Macs have a history with an event since then. Two users of one Mac count once. */
  macCount(since: number): number {
    const sql = 'SELECT count(DISTINCT host) FROM history WHERE last_at >= ?';
    return this.#guarded(() => this.#db.prepare<[number], number>(sql).pluck().get(since) ?? 0);
  }

  /** The branches of histories, with the Mac of the history that they have left. */
  branchedMacs(): { mac: string; branchOf: string }[] {
    // The plus lets SQLite find the few branches by their own index, and sort them.
    const sql = `SELECT branch.mac AS mac, coalesce(nullif(original.mac, ''), branch.base) AS branchOf
      FROM history AS branch LEFT JOIN history AS original ON original.id = branch.base
      WHERE branch.id <> branch.base AND branch.mac <> '' ORDER BY +branch.mac, branch.id`;
    return this.#guarded(() => this.#db.prepare<[], { mac: string; branchOf: string }>(sql).all());
  }

  /** The other files of a history: those that do not name it now. A file can have been deleted since. */
  otherFiles(): { path: string; mac: string; sameAs: string }[] {
    const sql = `SELECT file.path AS path, file.mac AS mac, history.mac AS sameAs FROM file JOIN history ON history.id = file.history
      WHERE file.mac <> history.mac AND history.mac <> '' ORDER BY 1`;
    return this.#guarded(() =>
      this.#db.prepare<[], { path: string; mac: string; sameAs: string }>(sql).all(),
    );
  }

  /** How many files the last runs read. */
  get fileCount(): number {
    const sql = 'SELECT count(*) FROM file';
    return this.#guarded(() => this.#db.prepare<[], number>(sql).pluck().get() ?? 0);
  }

  /** The last run whose rows a file of run `run` holds: an earlier one, when compaction made the file. */
  rowsUntil(run: number): number {
    const sql = 'SELECT rows_until FROM compacted WHERE run = ?';
    return this.#guarded(() => {
      const until = this.#db.prepare<[number], number>(sql).pluck().get(run) ?? run;
      return wholeNumber(until, 'a compacted run');
    });
  }

  saveRowsUntil(run: number, rowsUntil: number): void {
    const sql = 'INSERT OR REPLACE INTO compacted (run, rows_until) VALUES (?, ?)';
    this.#guarded(() => this.#db.prepare(sql).run(run, rowsUntil));
  }

  /** The SHA-256 of a file of the store when it was written; null: not known. */
  hashOf(path: string): string | null {
    const sql = 'SELECT sha256 FROM written WHERE file = ?';
    return this.#guarded(() => this.#db.prepare<[string], string>(sql).pluck().get(nameOf(path)) ?? null);
  }

  saveHash(path: string, sha256: string): void {
    const sql = 'INSERT OR REPLACE INTO written (file, sha256) VALUES (?, ?)';
    this.#guarded(() => this.#db.prepare(sql).run(nameOf(path), sha256));
  }

  /** After a file was deleted. */
  forgetHash(path: string): void {
    this.#guarded(() => this.#db.prepare('DELETE FROM written WHERE file = ?').run(nameOf(path)));
  }

  /** The last runs that the consumers have: the folders of `--ndjson` and `--otel`. */
  consumerRuns(): number[] {
    const sql = 'SELECT DISTINCT run FROM consumer';
    return this.#guarded(() => {
      const runs = this.#db.prepare<[], number>(sql).pluck().all();
      return runs.map((run) => wholeNumber(run, 'the run of a consumer'));
    });
  }

  saveConsumer(id: string, folder: string, run: number): void {
    const sql = 'INSERT OR REPLACE INTO consumer (id, folder, run) VALUES (?, ?, ?)';
    this.#guarded(() => this.#db.prepare(sql).run(id, folder, run));
  }

  /** For a folder that begins again, with another id. */
  forgetConsumersOf(folder: string): void {
    this.#guarded(() => this.#db.prepare('DELETE FROM consumer WHERE folder = ?').run(folder));
  }

  /** Writes what changed, as run `run`, and keeps the store for this process. */
  commit(run: number): void {
    this.set('run', String(run));
    this.#guarded(() => this.#db.exec('COMMIT; BEGIN IMMEDIATE'));
  }

  close(): void {
    this.#db.close();
  }
}

const byNumber = ({ id }: LedgerHistory, { id: other }: LedgerHistory) =>
  id.length - other.length || (id < other ? -1 : 1);

/** Its path below the store, which may be moved. */
const nameOf = (path: string) => path.split('/').slice(-3).join('/');

function wholeNumber(value: string | number, what: string): number {
  const number = /^-?\d{1,15}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw new Error(`${what} is not a whole number`);
  return number;
}
