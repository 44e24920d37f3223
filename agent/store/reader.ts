import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { type ConnectOptions, connectReadonly } from './connection.ts';
import { asStoreError, storeError } from './errors.ts';
import { versionOf } from './migrations.ts';
import { issueRows, RowError, textRows } from './public-rows.ts';
import type { EventFilter, EventRow, IssueRow, StateRow, StoreReader, SyncRow } from './store.ts';
import { views } from './tables.ts';

export interface ReadOptions extends ConnectOptions {
  readonly path: string;
}

/** An instant of a view in milliseconds. The text does not sort by time: `…00Z` comes after `…00.500Z`. */
const milliseconds = (column: string) =>
  `(CAST(strftime('%s', ${column}) AS INTEGER) * 1000 + CASE WHEN length(${column}) = 24
    THEN CAST(substr(${column}, 21, 3) AS INTEGER) ELSE 0 END)`;

const oneOf = (column: string) => `${column} IN (SELECT value FROM json_each(?))`;

/** The WHERE clause of a filter, and the values of its parameters. */
function conditionsOf(filter: EventFilter): { where: string; values: (string | number)[] } {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, value: string | number | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  add(`${milliseconds('at')} >= ?`, filter.since);
  add(`${milliseconds('at')} <= ?`, filter.until);
  add('issue = ?', filter.issue);
  add('CAST(id AS INTEGER) > ?', filter.afterId);
  add(oneOf('kind'), filter.kinds && JSON.stringify(filter.kinds));
  add(`NOT ${oneOf('kind')}`, filter.withoutKinds && JSON.stringify(filter.withoutKinds));
  if (filter.severities !== undefined) {
    conditions.push(`(${oneOf('severity')} OR ${oneOf('kind')})`);
    values.push(JSON.stringify(filter.severities), JSON.stringify(filter.kindsOfAnySeverity ?? []));
  }
  add('instr(lower(summary || char(10) || detail), lower(?)) > 0', filter.text);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}

/**
 * Opens the database for reading, also while the agent writes to it. Reads the public views only, like any
 * other reader. `since` and `until` are both included. Throws StoreError: `missing` when the agent has not
 * run yet.
 */
export function openReader(options: ReadOptions): StoreReader {
  const { path } = options;
  try {
    checkIsFile(path);
    const db = connectReadonly(path, options);
    try {
      const view = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'view' AND name = 'v_events'").get();
      if (view === undefined && versionOf(db) === 0) throw storeError('missing', path);
    } catch (error) {
      db.close();
      throw error;
    }
    return new SqliteReader(db, path);
  } catch (error) {
    throw asStoreError(error, path);
  }
}

/** Reads an open database, such as one in memory. Errors name it `path`; `close` closes it. */
export function readerOf(db: Database.Database, path: string): StoreReader {
  return new SqliteReader(db, path);
}

/** SQLite opens a folder like a file, and then reports a failure of the disk. */
function checkIsFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    const folder = dirname(path);
    if (statSync(folder, { throwIfNoEntry: false })?.isFile() === true)
      throw storeError(
        'cannot-open',
        path,
        new Error(
          `${folder} is a file, not a folder; for a report of it: psso-monitor report --database ${folder}`,
        ),
      );
    throw storeError('missing', path);
  }
  if (!found.isFile()) throw storeError('cannot-open', path, new Error('it is not a file'));
  // For the reason: SQLite reports only that it can't open the file.
  accessSync(path, constants.R_OK);
}

class SqliteReader implements StoreReader {
  readonly #db: Database.Database;
  readonly #path: string;

  constructor(db: Database.Database, path: string) {
    this.#db = db;
    this.#path = path;
  }

  events(filter: EventFilter): EventRow[] {
    const { where, values } = conditionsOf(filter);
    const order = 'ORDER BY CAST(id AS INTEGER)';
    const read = (rows: unknown[]) => textRows(views.events.columns, rows);
    const select = `SELECT ${views.events.columns.join(', ')} FROM v_events ${where} ${order}`;
    if (filter.last === undefined) return this.#rows(read, select, values);
    const last = Math.max(0, Math.trunc(filter.last));
    return this.#rows(read, `${select} DESC LIMIT ?`, [...values, last]).reverse();
  }

  /** The open ones first, each group with the newest first. */
  issues(): IssueRow[] {
    return this.#rows(
      issueRows,
      `SELECT ${views.issues.columns.join(', ')} FROM v_issues ORDER BY status, ${milliseconds('opened_at')} DESC, issue`,
    );
  }

  /** The newest first. */
  sync(): SyncRow[] {
    return this.#rows(
      (rows) => textRows(views.sync.columns, rows),
      `SELECT ${views.sync.columns.join(', ')} FROM v_sync ORDER BY ${milliseconds('stale_from')} DESC`,
    );
  }

  state(): StateRow[] {
    return this.#rows(
      (rows) => textRows(views.state.columns, rows),
      `SELECT ${views.state.columns.join(', ')} FROM v_state ORDER BY key`,
    );
  }

  writes(): number {
    try {
      return Number(this.#db.pragma('data_version', { simple: true }));
    } catch (error) {
      throw asStoreError(error, this.#path);
    }
  }

  close(): void {
    this.#db.close();
  }

  #rows<T>(read: (rows: unknown[]) => T[], sql: string, values: readonly (string | number)[] = []): T[] {
    try {
      return read(this.#db.prepare(sql).all(...values));
    } catch (error) {
      throw error instanceof RowError
        ? storeError('schema', this.#path, error)
        : asStoreError(error, this.#path);
    }
  }
}
