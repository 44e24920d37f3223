import type Database from 'better-sqlite3';
import type { IssueEpisode, SyncCycle } from '../shared/history-records.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Batch, StoredEvent } from './store.ts';

/** The memory table has one row for now; its key leaves room for a second without a migration. */
const memoryKey = 'agent';

/** Columns of instants and seconds are INTEGER, and SQLite would keep a fraction in them. */
function whole(value: number): number {
  return Math.round(value);
}

function wholeOrNull(value: number | null): number | null {
  return value === null ? null : whole(value);
}

/**
 * Every upsert has a WHERE that compares: a row that would not change is not written, so a cycle that learnt nothing
 * leaves the disk asleep.
 */
const sql = {
  event: `INSERT INTO event (at, kind, issue, severity, summary, from_state, to_state, detail, macos, agent_version)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  episode: `INSERT INTO issue_episode (issue, opened_at, resolved_at, severity, summary, evidence) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (issue, opened_at) DO UPDATE SET resolved_at = excluded.resolved_at, severity = excluded.severity,
      summary = excluded.summary, evidence = excluded.evidence
    WHERE resolved_at IS NOT excluded.resolved_at OR severity <> excluded.severity OR summary <> excluded.summary
      OR evidence <> excluded.evidence`,
  cycle: `INSERT INTO sync_cycle (stale_from, due_at, prompted_at, refreshed_at, password_changed_at, outcome, lag_seconds,
      active_lag_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (stale_from) DO UPDATE SET due_at = excluded.due_at, prompted_at = excluded.prompted_at,
      refreshed_at = excluded.refreshed_at, password_changed_at = excluded.password_changed_at, outcome = excluded.outcome,
      lag_seconds = excluded.lag_seconds, active_lag_seconds = excluded.active_lag_seconds
    WHERE due_at IS NOT excluded.due_at OR prompted_at IS NOT excluded.prompted_at
      OR refreshed_at IS NOT excluded.refreshed_at OR password_changed_at IS NOT excluded.password_changed_at
      OR outcome <> excluded.outcome OR lag_seconds IS NOT excluded.lag_seconds
      OR active_lag_seconds IS NOT excluded.active_lag_seconds`,
  state: `INSERT INTO state (key, value, since) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, since = excluded.since WHERE value <> excluded.value`,
  memory: `INSERT INTO memory (key, value) VALUES ('${memoryKey}', ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
} as const;

export interface Committed {
  readonly stored: StoredEvent[];
  /** How many rows it inserted or changed. */
  readonly rows: number;
}

/** Answers what writes a batch, in one transaction, on this connection. */
export function prepareCommit(db: Database.Database, agentVersion: string): (batch: Batch) => Committed {
  const event = db.prepare(sql.event);
  const episode = db.prepare(sql.episode);
  const cycle = db.prepare(sql.cycle);
  const state = db.prepare<[string, string, EpochMs]>(sql.state);
  const memory = db.prepare<[string]>(sql.memory);
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  const changesSoFar = () => changes.get() ?? 0;

  const transaction = db.transaction((batch: Batch): Committed => {
    const before = changesSoFar();
    const { macos } = batch;
    const stored = batch.events.map((one): StoredEvent => {
      const { kind, issue, severity, summary, from, to } = one;
      const detail = JSON.stringify(one.data);
      const at = whole(one.at);
      const written = event.run(at, kind, issue, severity, summary, from, to, detail, macos, agentVersion);
      return { ...one, id: Number(written.lastInsertRowid), macos, agentVersion };
    });
    for (const one of batch.episodes) episode.run(...episodeRow(one));
    for (const one of batch.syncCycles) cycle.run(...cycleRow(one));
    for (const [key, value] of Object.entries(batch.state)) state.run(key, value, whole(batch.at));
    if (batch.memory !== null) memory.run(batch.memory);
    return { stored, rows: changesSoFar() - before };
  });
  // IMMEDIATE: the wait for another writer happens at the start, where nothing has to be given up yet.
  return (batch) => transaction.immediate(batch);
}

function episodeRow({ issue, openedAt, resolvedAt, severity, summary, evidence }: IssueEpisode): unknown[] {
  return [issue, whole(openedAt), wholeOrNull(resolvedAt), severity, summary, JSON.stringify(evidence)];
}

function cycleRow(cycle: SyncCycle): unknown[] {
  const { staleFrom, dueAt, promptedAt, refreshedAt, passwordChangedAt, lagSeconds, activeLagSeconds } =
    cycle;
  return [
    whole(staleFrom),
    ...[dueAt, promptedAt, refreshedAt, passwordChangedAt].map(wholeOrNull),
    cycle.outcome,
    ...[lagSeconds, activeLagSeconds].map(wholeOrNull),
  ];
}

/** Answers what reads the memory of the last batch that had one. */
export function prepareMemory(db: Database.Database): () => string | null {
  const statement = db.prepare<[], { value: unknown }>(`SELECT value FROM memory WHERE key = '${memoryKey}'`);
  return () => {
    const value = statement.get()?.value;
    return typeof value === 'string' ? value : null;
  };
}
