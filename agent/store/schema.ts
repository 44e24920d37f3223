import type Database from 'better-sqlite3';
import { storeError } from './errors.ts';
import {
  columnNamesOf,
  columnsOf,
  primaryKeys,
  type TableName,
  tableNames,
  viewNames,
  views,
} from './tables.ts';

/**
 * The definitions of a table's columns. `own` replaces the definition of a column whose key SQLite must see
 * in place: a row id, or the key of a table without one.
 */
export function columnDefinitions(table: TableName, own: Readonly<Record<string, string>> = {}): string {
  return columnsOf(table)
    .map(({ name, type, nullable }) => {
      const sql = own[name] ?? `${type === 'text' ? 'TEXT' : 'INTEGER'}${nullable ? '' : ' NOT NULL'}`;
      return `${name} ${sql}`;
    })
    .join(', ');
}

/**
 * Instants are INTEGER milliseconds, UTC. The SQLite of macOS 13 (3.39) and an older osquery must be able to
 * read these files, so there are no STRICT tables and no newer functions.
 *
 * There is no index besides the keys: readers ask for events by number, or for all of them; retention finds
 * old events at the front.
 */
export const tablesSql = `
  CREATE TABLE IF NOT EXISTS event (
    ${columnDefinitions('event', { id: 'INTEGER PRIMARY KEY AUTOINCREMENT' })}
  );
  CREATE TRIGGER IF NOT EXISTS event_is_append_only BEFORE UPDATE ON event
  BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
  END;
  CREATE TABLE IF NOT EXISTS issue_episode (
    ${columnDefinitions('issue_episode')}, PRIMARY KEY (${primaryKeys.issue_episode.join(', ')})
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sync_cycle (
    ${columnDefinitions('sync_cycle', { stale_from: 'INTEGER PRIMARY KEY' })}
  );
  CREATE TABLE IF NOT EXISTS state (${columnDefinitions('state', { key: 'TEXT PRIMARY KEY' })}) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS memory (${columnDefinitions('memory', { key: 'TEXT PRIMARY KEY' })}) WITHOUT ROWID;
`;

/**
 * ISO 8601 as `toIso` prints it: a fraction only when there is one; empty for null. `%` keeps the sign in
 * SQLite.
 */
function iso(column: string): string {
  const fraction = `(((${column} % 1000) + 1000) % 1000)`;
  return `COALESCE(
      strftime('%Y-%m-%dT%H:%M:%S', (${column} - ${fraction}) / 1000, 'unixepoch')
      || CASE ${fraction} WHEN 0 THEN '' ELSE printf('.%03d', ${fraction}) END || 'Z', '')`;
}

function text(column: string): string {
  return `COALESCE(CAST(${column} AS TEXT), '')`;
}

const openMilliseconds = `COALESCE(resolved_at, CAST(strftime('%s', 'now') AS INTEGER) * 1000) - opened_at`;

/**
 * The columns of `v_issues` that its table does not have. An open issue is open until now, by SQLite's own
 * clock.
 */
const computed: Readonly<Record<string, string>> = {
  status: `CASE WHEN resolved_at IS NULL THEN 'open' ELSE 'resolved' END`,
  open_seconds: `CAST(MAX(0, (${openMilliseconds}) / 1000) AS TEXT)`,
};

/**
 * Makes the public views, a contract: text columns, never null, since osquery drops nulls from its rows. No
 * column is called `path`, which osquery adds itself. The merged database of a fleet has further columns in
 * front, from a join.
 */
export function viewsSql({ before = '', join = '' } = {}): string {
  return viewNames
    .map((view) => {
      const { table, columns } = views[view];
      const types = new Map(columnsOf(table).map(({ name, type }) => [name, type]));
      const cells = columns.map((name) => {
        const cell = computed[name] ?? (types.get(name) === 'instant' ? iso(name) : text(name));
        return `${cell} AS ${name}`;
      });
      return `
  DROP VIEW IF EXISTS v_${view};
  CREATE VIEW v_${view} AS SELECT ${before}
    ${cells.join(',\n    ')}
  FROM ${table}${join};`;
    })
    .join('\n');
}

interface ColumnInfo {
  readonly name: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
}

/**
 * Throws StoreError `schema` unless every table and column we use is there, and every other column can be
 * left out of an insert. So the database of a later version stays usable after a downgrade, as long as that
 * version only added.
 */
export function checkFit(db: Database.Database, path: string): void {
  for (const table of tableNames) {
    const needed = columnNamesOf(table);
    const columns = db
      .prepare<[string], ColumnInfo>('SELECT name, "notnull", dflt_value FROM pragma_table_info(?)')
      .all(table);
    if (columns.length === 0) throw misfit(path, `no table ${table}`);
    const missing = needed.find((name) => !columns.some((column) => column.name === name));
    if (missing !== undefined) throw misfit(path, `no column ${table}.${missing}`);
    const demanded = columns.find(
      ({ name, notnull, dflt_value }) => !needed.includes(name) && notnull === 1 && dflt_value === null,
    );
    if (demanded !== undefined)
      throw misfit(path, `the column ${table}.${demanded.name} is unknown and must be filled`);
  }
}

function misfit(path: string, what: string): Error {
  return storeError('schema', path, new Error(what));
}
