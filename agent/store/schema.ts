import type Database from 'better-sqlite3';
import { storeError } from './errors.ts';

/**
 * Instants are INTEGER milliseconds, UTC. Nothing here needs more than the SQLite of macOS 13 (3.39) or of an older
 * osquery: these files are read by many programs, so no STRICT tables and no newer functions.
 *
 * No index besides the keys: events are asked for by number, or all of them; retention finds what is old at the front.
 */
export const tables = `
  CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    issue TEXT,
    severity TEXT NOT NULL,
    summary TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT,
    detail TEXT NOT NULL,
    macos TEXT NOT NULL,
    agent_version TEXT NOT NULL
  );
  CREATE TRIGGER IF NOT EXISTS event_is_append_only BEFORE UPDATE ON event
  BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
  END;
  CREATE TABLE IF NOT EXISTS issue_episode (
    issue TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    resolved_at INTEGER,
    severity TEXT NOT NULL,
    summary TEXT NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (issue, opened_at)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sync_cycle (
    stale_from INTEGER PRIMARY KEY,
    due_at INTEGER,
    prompted_at INTEGER,
    refreshed_at INTEGER,
    password_changed_at INTEGER,
    outcome TEXT NOT NULL,
    lag_seconds INTEGER,
    active_lag_seconds INTEGER
  );
  CREATE TABLE IF NOT EXISTS state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    since INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS memory (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) WITHOUT ROWID;
`;

/** ISO 8601 as `toIso` prints it: a fraction only when there is one; empty for null. `%` keeps the sign, hence the detour. */
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
 * The public views, a contract: text columns, never null, since osquery drops nulls from its rows; no column is called
 * `path`, which osquery adds itself. An open issue is open until now, by SQLite's own clock.
 */
export const views = `
  DROP VIEW IF EXISTS v_events;
  CREATE VIEW v_events AS SELECT
    ${text('id')} AS id, ${iso('at')} AS at, ${text('kind')} AS kind, ${text('issue')} AS issue,
    ${text('severity')} AS severity, ${text('summary')} AS summary, ${text('detail')} AS detail,
    ${text('from_state')} AS from_state, ${text('to_state')} AS to_state, ${text('macos')} AS macos,
    ${text('agent_version')} AS agent_version
  FROM event;
  DROP VIEW IF EXISTS v_issues;
  CREATE VIEW v_issues AS SELECT
    ${text('issue')} AS issue, CASE WHEN resolved_at IS NULL THEN 'open' ELSE 'resolved' END AS status,
    ${text('severity')} AS severity, ${iso('opened_at')} AS opened_at, ${iso('resolved_at')} AS resolved_at,
    CAST(MAX(0, (${openMilliseconds}) / 1000) AS TEXT) AS open_seconds, ${text('summary')} AS summary
  FROM issue_episode;
  DROP VIEW IF EXISTS v_sync;
  CREATE VIEW v_sync AS SELECT
    ${iso('stale_from')} AS stale_from, ${iso('due_at')} AS due_at, ${iso('prompted_at')} AS prompted_at,
    ${iso('refreshed_at')} AS refreshed_at, ${iso('password_changed_at')} AS password_changed_at,
    ${text('outcome')} AS outcome, ${text('lag_seconds')} AS lag_seconds,
    ${text('active_lag_seconds')} AS active_lag_seconds
  FROM sync_cycle;
  DROP VIEW IF EXISTS v_state;
  CREATE VIEW v_state AS SELECT ${text('key')} AS key, ${text('value')} AS value, ${iso('since')} AS since FROM state;
`;

/** What this version reads and writes. A later version may add to it. */
const used: Readonly<Record<string, readonly string[]>> = {
  event: [
    'id',
    'at',
    'kind',
    'issue',
    'severity',
    'summary',
    'from_state',
    'to_state',
    'detail',
    'macos',
    'agent_version',
  ],
  issue_episode: ['issue', 'opened_at', 'resolved_at', 'severity', 'summary', 'evidence'],
  sync_cycle: [
    'stale_from',
    'due_at',
    'prompted_at',
    'refreshed_at',
    'password_changed_at',
    'outcome',
    'lag_seconds',
    'active_lag_seconds',
  ],
  state: ['key', 'value', 'since'],
  memory: ['key', 'value'],
};

interface ColumnInfo {
  readonly name: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
}

/**
 * Throws StoreError `schema` unless every table and column we use is there, and every other column can be left out of an
 * insert. So the database of a later version stays usable after a downgrade, as long as that version only added.
 */
export function checkFit(db: Database.Database, path: string): void {
  for (const [table, needed] of Object.entries(used)) {
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
