import Database from 'better-sqlite3';
import { openStore } from '../../agent/store/sqlite-store.ts';
import { batch, cycle, episode, event, noon } from '../store/samples.ts';

/** A closed history with a row in each view. */
export function history(path: string, summaries: readonly string[] = ['The tokens were refreshed.']): string {
  const store = openStore({ path, agentVersion: '1.2.3', now: noon });
  store.commit(
    batch({
      events: summaries.map((summary) => event({ summary })),
      episodes: [episode()],
      syncCycles: [cycle()],
      state: { headline: 'ok' },
    }),
  );
  store.close();
  return path;
}

/** Changes a history as an attacker or a later version could. */
export function changed(path: string, sql: string): string {
  const db = new Database(path);
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  db.exec(sql);
  db.close();
  return path;
}

/** A query that does not end: a reader that ran it would hang. */
const endless = 'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
const columns = (value: string) =>
  [
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
  ]
    .map((name) => `${value} AS ${name}`)
    .join(', ');

/** Statements that change a history for an attack, with the expected reason, by name. */
export const hostile: readonly (readonly [what: string, sql: string, reason: string, says: string])[] = [
  [
    'a view that poses as a table',
    `DROP TABLE event; CREATE VIEW event AS SELECT ${columns(`(${endless})`)};`,
    'foreignSchema',
    'it has no table event',
  ],
  [
    'a computed column',
    `ALTER TABLE state RENAME TO was;
     CREATE TABLE state (key TEXT, value TEXT AS (hex(zeroblob(1000000))), since INTEGER); INSERT INTO state VALUES ('a', 0);`,
    'foreignSchema',
    'its column state.value is computed',
  ],
  ['a virtual table', 'CREATE VIRTUAL TABLE words USING fts5(word);', 'foreignSchema', 'virtual table'],
  [
    'a table that lacks a column',
    'ALTER TABLE sync_cycle DROP COLUMN due_at;',
    'foreignSchema',
    'sync_cycle.due_at',
  ],
  [
    'a view that nests deeper than any parser follows',
    `INSERT INTO sqlite_schema VALUES ('view', 'deep', 'deep', 0, 'CREATE VIEW deep AS SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}');`,
    'damaged',
    'malformed database schema',
  ],
  [
    'a text larger than any',
    `UPDATE state SET value = printf('%.*c', 70000, 'x');`,
    'tooLarge',
    'a text in state.value',
  ],
  ['bytes for a text', `UPDATE state SET value = x'00ff';`, 'damaged', 'a cell of state.value'],
  [
    'a text for an instant',
    `UPDATE issue_episode SET opened_at = 'soon';`,
    'damaged',
    'issue_episode.opened_at',
  ],
  [
    'an instant that no calendar has',
    `UPDATE state SET since = 9000000000000000;`,
    'damaged',
    'a cell of state.since',
  ],
  [
    'two rows with one key',
    `ALTER TABLE state RENAME TO was; CREATE TABLE state (key TEXT, value TEXT, since INTEGER);
     INSERT INTO state VALUES ('a', 'b', 1), ('a', 'c', 1);`,
    'damaged',
    'UNIQUE',
  ],
];

/** Code in a file that must not run: it would not end. */
export const traps: readonly (readonly [what: string, sql: string])[] = [
  [
    'endless views in place of this version',
    `DROP VIEW v_events; CREATE VIEW v_events AS SELECT ${columns(`(${endless})`)};`,
  ],
  ['a trigger', `CREATE TRIGGER trap AFTER INSERT ON event BEGIN SELECT (${endless}); END;`],
  [
    'a check that takes without end',
    `ALTER TABLE state RENAME TO was;
     CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL, since INTEGER NOT NULL,
       CHECK (${'length(hex(zeroblob(100000000 + since))) + '.repeat(100)} 1 > 0)) WITHOUT ROWID;
     PRAGMA ignore_check_constraints = ON;
     INSERT INTO state SELECT * FROM was;`,
  ],
  ['an index over what it computes', `CREATE INDEX trap ON event (hex(zeroblob(length(summary) * 100000)));`],
];
