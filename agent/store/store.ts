// store/: the history in SQLite: tables, migrations, integrity, salvage, retention, run record, lock.
// This file has the interface by which the agent writes.

import type { NewEvent } from '../shared/event.ts';
import type { IssueEpisode, SyncCycle } from '../shared/history-records.ts';
import type { EpochMs } from '../shared/time.ts';
import type { StateValues } from './state-keys.ts';
import type { ViewRow } from './tables.ts';

/** A stored event: numbered, append-only. */
export interface StoredEvent extends NewEvent {
  readonly id: number;
  readonly macos: string;
  readonly agentVersion: string;
}

/** The result of one poll cycle, written in one transaction. */
export interface Batch {
  readonly at: EpochMs;
  /** The macOS version, recorded with each event; empty: unknown. */
  readonly macos: string;
  readonly events: readonly NewEvent[];
  readonly episodes: readonly IssueEpisode[];
  readonly syncCycles: readonly SyncCycle[];
  /** The state for readers. A row and its `since` change only when the text changes. */
  readonly state: StateValues;
  /** The agent memory as JSON text; null: unchanged. */
  readonly memory: string | null;
}

export interface EventFilter {
  readonly since?: EpochMs;
  readonly until?: EpochMs;
  readonly kinds?: readonly string[];
  readonly withoutKinds?: readonly string[];
  readonly severities?: readonly string[];
  /** Kinds that `severities` does not leave out. */
  readonly kindsOfAnySeverity?: readonly string[];
  readonly issue?: string;
  /** Only events with this text in summary or detail; case-insensitive for A to Z. */
  readonly text?: string;
  /** Only events with a larger number. */
  readonly afterId?: number;
  /** Only this many of the newest events, the oldest of them first. */
  readonly last?: number;
}

export interface Store {
  /**
   * Writes the batch and returns its events with their numbers. Throws StoreError; then nothing was written.
   */
  commit(batch: Batch): StoredEvent[];
  /** The agent memory of the last batch as JSON text; null: a new database. */
  memory(): string | null;
  /** Checks the structure of every page. Throws StoreError `corrupt`. */
  check(): void;
  /**
   * Deletes what is older than the retention, the oldest first, and returns free pages to the file system.
   * Call it once a day: each call deletes up to seven days of history, also after a call that threw.
   */
  retain(now: EpochMs, retentionDays: number): { deletedEvents: number };
  /** Moves the WAL into the database file, so that a plain copy of the file is nearly current. */
  checkpoint(): void;
  /** Checkpoints and closes. Safe to call twice. */
  close(): void;
}

/** Reads the public views. */
export interface StoreReader {
  events(filter: EventFilter): EventRow[];
  issues(): IssueRow[];
  sync(): SyncRow[];
  state(): StateRow[];
  /** A number that changes when another connection has written. */
  writes(): number;
  close(): void;
}

/** Rows of the public views: text, never null. */
export type EventRow = ViewRow<'events'>;
export type IssueRow = ViewRow<'issues'> & { status: 'open' | 'resolved' };
export type SyncRow = ViewRow<'sync'>;
export type StateRow = ViewRow<'state'>;
