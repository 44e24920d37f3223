import Database from 'better-sqlite3';
import { sanitiseLine } from '../shared/safe-text.ts';
import { views } from '../store/schema.ts';
import { cautiousPragmas } from '../untrusted/check-untrusted-schema.ts';
import { columnsOf, limits, type TableName, tableNames } from '../untrusted/table-rows.ts';
import { attachedSchema } from './attach-untrusted.ts';

/** Tables as the agent has them, with the number of the Mac in front. */
const tables = `
  CREATE TABLE mac (mac_number INTEGER PRIMARY KEY, mac TEXT NOT NULL UNIQUE, schema_version INTEGER NOT NULL);
  CREATE TABLE event (
    mac_number INTEGER NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, issue TEXT, severity TEXT NOT NULL,
    summary TEXT NOT NULL, from_state TEXT, to_state TEXT, detail TEXT NOT NULL, macos TEXT NOT NULL,
    agent_version TEXT NOT NULL, PRIMARY KEY (mac_number, id)
  ) WITHOUT ROWID;
  CREATE TABLE issue_episode (
    mac_number INTEGER NOT NULL, issue TEXT NOT NULL, opened_at INTEGER NOT NULL, resolved_at INTEGER, severity TEXT NOT NULL,
    summary TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (mac_number, issue, opened_at)
  ) WITHOUT ROWID;
  CREATE TABLE sync_cycle (
    mac_number INTEGER NOT NULL, stale_from INTEGER NOT NULL, due_at INTEGER, prompted_at INTEGER, refreshed_at INTEGER,
    password_changed_at INTEGER, outcome TEXT NOT NULL, lag_seconds INTEGER, active_lag_seconds INTEGER,
    PRIMARY KEY (mac_number, stale_from)
  ) WITHOUT ROWID;
  CREATE TABLE state (
    mac_number INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (mac_number, key)
  ) WITHOUT ROWID;
`;

/** The public views of one Mac, with `mac` as their first column. */
const viewsWithMac = views
  .replaceAll(/ AS SELECT\b/g, ' AS SELECT mac,')
  .replaceAll(/ FROM (event|issue_episode|sync_cycle|state);/g, ' FROM $1 JOIN mac USING (mac_number);')
  .replaceAll(
    /\n {2}FROM (event|issue_episode|sync_cycle|state);/g,
    '\n  FROM $1 JOIN mac USING (mac_number);',
  );

const timeColumns: Readonly<Record<TableName, string>> = {
  event: 'at',
  issue_episode: 'COALESCE(resolved_at, 253402300799999)',
  sync_cycle: 'COALESCE(refreshed_at, 253402300799999)',
  state: '253402300799999',
};

/** What is being made could not be written, which is not the fault of any file that is read. `cause` is SQLite's error. */
export class MergedDatabaseError extends Error {
  override readonly name = 'MergedDatabaseError';
}

/** SQLite's words for a disk that does not take it. */
const unwritable = /^SQLITE_(FULL|READONLY|CANTOPEN|IOERR_(WRITE|TRUNCATE|FSYNC))/;

/** A database of many Macs that is being made, or, in memory, one that only reads. */
export class MergedDatabase {
  readonly db: Database.Database;

  /** `path`: a new file, or `:memory:`. What a crash leaves of it is thrown away, so nothing waits for the disk. */
  constructor(path: string) {
    this.db = new Database(path);
    for (const setting of cautiousPragmas) this.db.pragma(setting);
    this.db.pragma('journal_mode = TRUNCATE');
    this.db.pragma('synchronous = OFF');
    this.db.function('harmless', { deterministic: true }, (value) =>
      typeof value === 'string' ? sanitiseLine(value, Number.POSITIVE_INFINITY) : value,
    );
  }

  /** Before the first Mac. */
  create(): void {
    this.db.exec(tables);
    this.db.exec(viewsWithMac);
  }

  /**
   * Takes the rows of the attached database in, those that reach into the time since `since`. A row that no agent would have
   * written is an error of SQLite's, and then nothing is taken. Throws MergedDatabaseError when there is no room for it.
   */
  take(mac: string, schemaVersion: number, since: number | null): void {
    const taking = this.db.transaction(() => {
      const { lastInsertRowid: number } = this.db
        .prepare('INSERT INTO mac (mac, schema_version) VALUES (?, ?)')
        .run(mac, schemaVersion);
      for (const table of tableNames) this.db.prepare(insertion(table)).run(number, since ?? 0);
    });
    try {
      taking();
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || !unwritable.test(error.code)) throw error;
      const why = error.code === 'SQLITE_FULL' ? 'the disk is full' : error.message;
      throw new MergedDatabaseError(why, { cause: error });
    }
  }

  /** Everything of these Macs is taken out again. */
  remove(macs: readonly string[]): void {
    this.db.transaction(() => {
      for (const mac of macs) {
        const numbers = 'SELECT mac_number FROM mac WHERE mac = ?';
        for (const table of tableNames)
          this.db.prepare(`DELETE FROM ${table} WHERE mac_number IN (${numbers})`).run(mac);
        this.db.prepare('DELETE FROM mac WHERE mac = ?').run(mac);
      }
    })();
  }

  close(): void {
    this.db.close();
  }
}

/** Cells are cut, and lose what a terminal would obey; numbers have to be numbers. */
function insertion(table: TableName): string {
  const cells = columnsOf(table).map((name) =>
    numbers.has(name)
      ? `CASE WHEN typeof(${name}) = 'integer' THEN ${name} END`
      : `CASE WHEN ${name} GLOB '*[^ -~]*' THEN harmless(substr(CAST(${name} AS TEXT), 1, ${limits.text}))
           ELSE substr(CAST(${name} AS TEXT), 1, ${limits.text}) END`,
  );
  return `INSERT INTO main.${table} (mac_number, ${columnsOf(table).join(', ')})
    SELECT ?, ${cells.join(', ')} FROM ${attachedSchema}.${table} WHERE ${timeColumns[table]} >= ?`;
}

const numbers: ReadonlySet<string> = new Set([
  'id',
  'at',
  'opened_at',
  'resolved_at',
  'stale_from',
  'due_at',
  'prompted_at',
  'refreshed_at',
  'password_changed_at',
  'lag_seconds',
  'active_lag_seconds',
  'since',
]);
