import Database from 'better-sqlite3';
import { sanitiseLine } from '../shared/safe-text.ts';
import { columnDefinitions, viewsSql } from '../store/schema.ts';
import { columnNamesOf, columnsOf, type HistoryTable, historyTables, primaryKeys } from '../store/tables.ts';
import { beCautious } from '../untrusted/check-untrusted-schema.ts';
import { instants, limits } from '../untrusted/table-rows.ts';
import { provenScenarios } from '../validation/proven.ts';
import { attachedSchema } from './attach-untrusted.ts';
import type { FinishRequest } from './messages.ts';

/** When a Mac proved each scenario of a roll-out: `registration`, `password_sync`, `repair`, `migration`. */
const provenColumns = provenScenarios.map((scenario) => scenario.replaceAll('-', '_'));

/** The agent's tables, with the number of the Mac in front of every row and key. */
const tablesSql = `
  CREATE TABLE mac (mac_number INTEGER PRIMARY KEY, mac TEXT NOT NULL UNIQUE, schema_version INTEGER NOT NULL);
  ${historyTables.map(tableSql).join('\n')}
  CREATE TABLE proven (
    mac_number INTEGER PRIMARY KEY,
    ${provenColumns.map((column) => `${column} TEXT NOT NULL`).join(', ')}
  );
`;

function tableSql(table: HistoryTable): string {
  return `CREATE TABLE ${table} (
    mac_number INTEGER NOT NULL, ${columnDefinitions(table)},
    PRIMARY KEY (mac_number, ${primaryKeys[table].join(', ')})
  ) WITHOUT ROWID;`;
}

/** The public views of one Mac, with `mac` as their first column. */
const viewsWithMac = `${viewsSql({ before: 'mac,', join: ' JOIN mac USING (mac_number)' })}
  CREATE VIEW v_proven AS SELECT mac, ${provenColumns.join(', ')} FROM proven JOIN mac USING (mac_number);
`;

/** The last instant of a row: rows that ended before the time asked for are left out. */
const timeColumns: Readonly<Record<HistoryTable, string>> = {
  event: 'at',
  issue_episode: `COALESCE(resolved_at, ${instants.last})`,
  sync_cycle: `COALESCE(refreshed_at, ${instants.last})`,
  state: String(instants.last),
};

/** The merged database could not be written; no input file is at fault. `cause` is SQLite's error. */
export class MergedDatabaseError extends Error {
  override readonly name = 'MergedDatabaseError';
}

/** SQLite's codes for a failed write. */
const unwritable = /^SQLITE_(FULL|READONLY|CANTOPEN|IOERR_(WRITE|TRUNCATE|FSYNC))/;

/** The databases of many Macs in one file; in memory, a database that reads attached ones. */
export class MergedDatabase {
  readonly db: Database.Database;

  /** `path`: a new file, or `:memory:`. It does not sync: after a crash, the file is made again. */
  constructor(path: string) {
    this.db = new Database(path);
    beCautious(this.db);
    this.db.pragma('journal_mode = TRUNCATE');
    this.db.pragma('synchronous = OFF');
    this.db.function('harmless', { deterministic: true }, (value) =>
      typeof value === 'string' ? sanitiseLine(value, Number.POSITIVE_INFINITY) : value,
    );
  }

  /** Before the first Mac. */
  create(): void {
    this.db.exec(tablesSql);
    this.db.exec(viewsWithMac);
  }

  /**
   * Adds the rows of the attached database that reach into the time since `since`, all or none. Throws
   * SQLite's error for an invalid row, and MergedDatabaseError when the file can't be written.
   */
  take(mac: string, schemaVersion: number, since: number | null): void {
    const taking = this.db.transaction(() => {
      const { lastInsertRowid: number } = this.db
        .prepare('INSERT INTO mac (mac, schema_version) VALUES (?, ?)')
        .run(mac, schemaVersion);
      for (const table of historyTables) this.db.prepare(insertion(table)).run(number, since ?? 0);
    });
    try {
      taking();
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || !unwritable.test(error.code)) throw error;
      const why = error.code === 'SQLITE_FULL' ? 'the disk is full' : error.message;
      throw new MergedDatabaseError(why, { cause: error });
    }
  }

  /** After the last Mac: removes the Macs that are left out, and adds what the others have proven. */
  finish({ leftOut, proven }: FinishRequest): void {
    this.#remove(leftOut);
    this.#addProven(proven);
    this.db.exec('PRAGMA optimize');
  }

  #addProven(list: FinishRequest['proven']): void {
    const places = provenColumns.map(() => '?').join(', ');
    const insert = this.db.prepare(
      `INSERT OR REPLACE INTO proven SELECT mac_number, ${places} FROM mac WHERE mac = ?`,
    );
    this.db.transaction(() => {
      for (const { mac, proven } of list)
        insert.run(...provenScenarios.map((scenario) => proven[scenario] ?? ''), mac);
    })();
  }

  #remove(macs: readonly string[]): void {
    this.db.transaction(() => {
      for (const mac of macs) {
        const numbers = 'SELECT mac_number FROM mac WHERE mac = ?';
        for (const table of historyTables)
          this.db.prepare(`DELETE FROM ${table} WHERE mac_number IN (${numbers})`).run(mac);
        this.db.prepare(`DELETE FROM proven WHERE mac_number IN (${numbers})`).run(mac);
        this.db.prepare('DELETE FROM mac WHERE mac = ?').run(mac);
      }
    })();
  }

  close(): void {
    this.db.close();
  }
}

/** Cells are cut and lose control characters. A number that is none becomes null, which the table refuses. */
function insertion(table: HistoryTable): string {
  const cells = columnsOf(table).map(({ name, type }) =>
    type === 'text'
      ? `CASE WHEN ${name} GLOB '*[^ -~]*' THEN harmless(substr(CAST(${name} AS TEXT), 1, ${limits.text}))
           ELSE substr(CAST(${name} AS TEXT), 1, ${limits.text}) END`
      : `CASE WHEN typeof(${name}) = 'integer' THEN ${name} END`,
  );
  return `INSERT INTO main.${table} (mac_number, ${columnNamesOf(table).join(', ')})
    SELECT ?, ${cells.join(', ')} FROM ${attachedSchema}.${table} WHERE ${timeColumns[table]} >= ?`;
}
