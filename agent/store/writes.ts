import type Database from 'better-sqlite3';
import type { IssueEpisode, SyncCycle } from '../shared/history-records.ts';
import type { Batch, StoredEvent } from './store.ts';
import { columnNamesOf, primaryKeys, type TableColumn, type TableName } from './tables.ts';

/** The only row of the memory table. */
export const memoryKey = 'agent';

/** SQLite would store a fraction in an INTEGER column. */
function whole(value: number): number {
  return Math.round(value);
}

function wholeOrNull(value: number | null): number | null {
  return value === null ? null : whole(value);
}

type Cell = string | number | null;
type Row<Table extends TableName> = Readonly<Record<TableColumn<Table>, Cell>>;

function insertInto(table: TableName, columns: readonly string[] = columnNamesOf(table)): string {
  const values = columns.map((name) => `@${name}`).join(', ');
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})`;
}

/**
 * Inserts a row, or updates the row with the same key when one of the `compared` columns differs. A row that
 * would not change is not written, so a poll without a change causes no disk write.
 */
function upsertInto(table: TableName, compared?: readonly string[]): string {
  const keys: readonly string[] = primaryKeys[table];
  const others = columnNamesOf(table).filter((name) => !keys.includes(name));
  const assignments = others.map((name) => `${name} = excluded.${name}`);
  const changed = (compared ?? others).map((name) => `${name} IS NOT excluded.${name}`);
  return `${insertInto(table)}
    ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${assignments.join(', ')}
    WHERE ${changed.join(' OR ')}`;
}

/**
 * A commit gives the history an id where it has none: a new database, one of an older version, or what was
 * read of a damaged one. SQLite's own random numbers: the agent loads no cryptography.
 */
const historyIdSql = `INSERT INTO state (key, value, since) VALUES ('history', lower(hex(randomblob(16))), @at)
  ON CONFLICT (key) DO NOTHING`;

export interface Committed {
  readonly stored: StoredEvent[];
  /** How many rows it inserted or changed. */
  readonly rows: number;
}

/** Returns the function that writes a batch in one transaction. */
export function prepareCommit(db: Database.Database, agentVersion: string): (batch: Batch) => Committed {
  const numbered = columnNamesOf('event').filter((name) => name !== 'id');
  const event = db.prepare<[Omit<Row<'event'>, 'id'>]>(insertInto('event', numbered));
  const episode = db.prepare<[Row<'issue_episode'>]>(upsertInto('issue_episode'));
  const cycle = db.prepare<[Row<'sync_cycle'>]>(upsertInto('sync_cycle'));
  const state = db.prepare<[Row<'state'>]>(upsertInto('state', ['value']));
  const memory = db.prepare<[Row<'memory'>]>(upsertInto('memory'));
  const historyId = db.prepare<[{ at: number }]>(historyIdSql);
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  const changesSoFar = () => changes.get() ?? 0;

  const transaction = db.transaction((batch: Batch): Committed => {
    const before = changesSoFar();
    const { macos } = batch;
    historyId.run({ at: whole(batch.at) });
    const stored = batch.events.map((one): StoredEvent => {
      const { kind, issue, severity, summary, from, to } = one;
      const written = event.run({
        at: whole(one.at),
        kind,
        issue,
        severity,
        summary,
        from_state: from,
        to_state: to,
        detail: JSON.stringify(one.data),
        macos,
        agent_version: agentVersion,
      });
      return { ...one, id: Number(written.lastInsertRowid), macos, agentVersion };
    });
    for (const one of batch.episodes) episode.run(episodeRow(one));
    for (const one of batch.syncCycles) cycle.run(cycleRow(one));
    for (const [key, value] of Object.entries(batch.state)) state.run({ key, value, since: whole(batch.at) });
    if (batch.memory !== null) memory.run({ key: memoryKey, value: batch.memory });
    return { stored, rows: changesSoFar() - before };
  });
  // IMMEDIATE: waits for another writer at the start, where nothing has to be rolled back.
  return (batch) => transaction.immediate(batch);
}

function episodeRow(of: IssueEpisode): Row<'issue_episode'> {
  return {
    issue: of.issue,
    opened_at: whole(of.openedAt),
    resolved_at: wholeOrNull(of.resolvedAt),
    severity: of.severity,
    summary: of.summary,
    evidence: JSON.stringify(of.evidence),
  };
}

function cycleRow(of: SyncCycle): Row<'sync_cycle'> {
  return {
    stale_from: whole(of.staleFrom),
    due_at: wholeOrNull(of.dueAt),
    prompted_at: wholeOrNull(of.promptedAt),
    refreshed_at: wholeOrNull(of.refreshedAt),
    password_changed_at: wholeOrNull(of.passwordChangedAt),
    outcome: of.outcome,
    lag_seconds: wholeOrNull(of.lagSeconds),
    active_lag_seconds: wholeOrNull(of.activeLagSeconds),
  };
}

/** Returns the function that reads the memory of the last batch that had one. */
export function prepareMemory(db: Database.Database): () => string | null {
  const statement = db.prepare<[], { value: unknown }>(`SELECT value FROM memory WHERE key = '${memoryKey}'`);
  return () => {
    const value = statement.get()?.value;
    return typeof value === 'string' ? value : null;
  };
}
