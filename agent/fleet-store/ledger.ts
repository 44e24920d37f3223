import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import { ProblemError } from '../shared/errors.ts';
import { ledgerPath, makeStoreFolder } from './store-folder.ts';

/** Where the store stands with one history, or one branch of it. */
export interface LedgerHistory {
  /** `ID`, or `ID~2` of a branch. */
  readonly id: string;
  /** The id in the database. */
  readonly base: string;
  readonly mac: string;
  readonly host: string;
  readonly lastId: number;
  readonly lastAt: number;
  /** The number and the hash of the last event of earlier runs, the newest first. */
  readonly marks: readonly (readonly [id: number, hash: string])[];
  /** The history record, compressed. */
  readonly record: Uint8Array;
}

/** What tells that a file is unchanged: size and modification time of the database and of its WAL. */
export interface LedgerFile {
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
  CREATE INDEX IF NOT EXISTS history_base ON history (base);
  CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, history TEXT NOT NULL, mac TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS compacted (run INTEGER PRIMARY KEY, rows_until INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS consumer (id TEXT PRIMARY KEY, run INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Raised by a change that older versions can't read. */
const ledgerVersion = 1;

interface HistoryRow {
  readonly id: string;
  readonly base: string;
  readonly mac: string;
  readonly host: string;
  readonly last_id: number;
  readonly last_at: number;
  readonly marks: string;
  readonly record: Uint8Array;
}

interface Statements {
  file?: Database.Statement<[string], LedgerFile>;
  saveFile?: Database.Statement<[string, string, string, string]>;
  history?: Database.Statement<[string], HistoryRow>;
  branches?: Database.Statement<[string], HistoryRow>;
  saveHistory?: Database.Statement<[string, string, string, string, number, number, string, Uint8Array]>;
}

/**
 * The ledger of a store, `ledger.db`: what the Parquet files hold of each history. It changes in one
 * transaction at the end of a run, after the files: what a killed run wrote is unknown to the ledger, and the
 * next run deletes it and writes it again.
 */
export class Ledger {
  readonly #db: Database.Database;
  /** Prepared at their first use: a run needs them for each database. */
  readonly #statements: Statements = {};

  /** `write`: takes the store for this process until `close`. Throws ProblemError. */
  constructor(store: string, { write }: { readonly write: boolean }) {
    try {
      if (write) makeStoreFolder(store);
      this.#db = new Database(ledgerPath(store), { fileMustExist: !write, timeout: write ? 200 : 5_000 });
      this.#db.pragma('cache_size = -8192');
      if (!write) return;
      chmodSync(ledgerPath(store), 0o600);
      this.#db.exec('BEGIN IMMEDIATE');
      this.#db.exec(tables);
    } catch (cause) {
      throw ledgerError(store, cause);
    }
    const version = Number(this.get('version') ?? ledgerVersion);
    if (version > ledgerVersion)
      throw new ProblemError(`the store ${store} is of a later version: update PSSO Monitor.`);
    this.set('version', String(ledgerVersion));
  }

  get(key: string): string | null {
    const sql = 'SELECT value FROM meta WHERE key = ?';
    return this.#db.prepare<[string], string>(sql).pluck().get(key) ?? null;
  }

  set(key: string, value: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value);
  }

  /** The number of the last run whose files are complete. */
  get run(): number {
    return Number(this.get('run') ?? 0);
  }

  file(path: string): LedgerFile | undefined {
    this.#statements.file ??= this.#db.prepare('SELECT * FROM file WHERE path = ?');
    return this.#statements.file.get(path);
  }

  saveFile({ path, stamp, history, mac }: LedgerFile): void {
    this.#statements.saveFile ??= this.#db.prepare(
      'INSERT OR REPLACE INTO file (path, stamp, history, mac) VALUES (?, ?, ?, ?)',
    );
    this.#statements.saveFile.run(path, stamp, history, mac);
  }

  history(id: string): LedgerHistory | undefined {
    this.#statements.history ??= this.#db.prepare('SELECT * FROM history WHERE id = ?');
    const row = this.#statements.history.get(id);
    return row && historyOf(row);
  }

  /** A history and its branches, in the order of their numbers. */
  branches(base: string): LedgerHistory[] {
    this.#statements.branches ??= this.#db.prepare(
      'SELECT * FROM history WHERE base = ? ORDER BY length(id), id',
    );
    return this.#statements.branches.all(base).map(historyOf);
  }

  saveHistory(of: LedgerHistory): void {
    this.#statements.saveHistory ??= this.#db.prepare(
      `INSERT OR REPLACE INTO history (id, base, mac, host, last_id, last_at, marks, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const { id, base, mac, host, lastId, lastAt, marks, record } = of;
    this.#statements.saveHistory.run(id, base, mac, host, lastId, lastAt, JSON.stringify(marks), record);
  }

  removeHistory(id: string): void {
    this.#db.prepare('DELETE FROM history WHERE id = ?').run(id);
  }

  /** All histories, by the name of the Mac. */
  *histories(): Generator<LedgerHistory, void> {
    const rows = this.#db.prepare<[], HistoryRow>('SELECT * FROM history ORDER BY mac, id').iterate();
    for (const row of rows) yield historyOf(row);
  }

  /** The other files of a history: those that do not name it now. A file can have been deleted since. */
  otherFiles(): { path: string; mac: string; sameAs: string }[] {
    const sql = `SELECT file.path AS path, file.mac AS mac, history.mac AS sameAs FROM file JOIN history ON history.id = file.history
      WHERE file.mac <> history.mac ORDER BY 1`;
    return this.#db.prepare<[], { path: string; mac: string; sameAs: string }>(sql).all();
  }

  /** How many files the last runs read. */
  get fileCount(): number {
    return this.#db.prepare<[], number>('SELECT count(*) FROM file').pluck().get() ?? 0;
  }

  /** The last run whose rows a file of run `run` holds: an earlier one, when compaction made the file. */
  rowsUntil(run: number): number {
    const sql = 'SELECT rows_until FROM compacted WHERE run = ?';
    return this.#db.prepare<[number], number>(sql).pluck().get(run) ?? run;
  }

  saveRowsUntil(run: number, rowsUntil: number): void {
    this.#db.prepare('INSERT OR REPLACE INTO compacted (run, rows_until) VALUES (?, ?)').run(run, rowsUntil);
  }

  /** The last runs that the consumers have: the folders of `--ndjson` and `--otel`. */
  consumerRuns(): number[] {
    return this.#db.prepare<[], number>('SELECT DISTINCT run FROM consumer').pluck().all();
  }

  saveConsumer(id: string, run: number): void {
    this.#db.prepare('INSERT OR REPLACE INTO consumer (id, run) VALUES (?, ?)').run(id, run);
  }

  /** Writes what changed, as run `run`, and keeps the store for this process. */
  commit(run: number): void {
    this.set('run', String(run));
    this.#db.exec('COMMIT; BEGIN IMMEDIATE');
  }

  close(): void {
    this.#db.close();
  }
}

function historyOf(row: HistoryRow): LedgerHistory {
  const { id, base, mac, host, last_id: lastId, last_at: lastAt, record } = row;
  return { id, base, mac, host, lastId, lastAt, marks: marksIn(row.marks), record };
}

function marksIn(text: string): [number, string][] {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.map(([id, hash]) => [Number(id), String(hash)]) : [];
}

function ledgerError(store: string, cause: unknown): ProblemError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = cause instanceof Error ? cause.message : String(cause);
  if (code.startsWith('SQLITE_BUSY'))
    return new ProblemError(
      `another run of PSSO Monitor writes to the store ${store}: wait until it has ended.`,
      {
        cause,
      },
    );
  if (code === 'SQLITE_CANTOPEN' || cause instanceof TypeError)
    return new ProblemError(`there is no store in ${store}: name a folder of databases too, to make one.`, {
      cause,
    });
  return new ProblemError(`the store ${store} can't be used: ${why}`, { cause });
}
