import type { NewEvent } from '../shared/event.ts';
import type { IssueEpisode, SyncCycle } from '../shared/history-records.ts';
import type { EpochMs } from '../shared/time.ts';
import type { StateValues } from './state-keys.ts';
import type { ViewRow } from './tables.ts';

/** An event as it is kept: numbered, append-only. */
export interface StoredEvent extends NewEvent {
  readonly id: number;
  readonly macos: string;
  readonly agentVersion: string;
}

/** Everything one cycle learnt. Written in one transaction, or not at all. */
export interface Batch {
  readonly at: EpochMs;
  /** The macOS version that events are stamped with; empty while unknown. */
  readonly macos: string;
  readonly events: readonly NewEvent[];
  readonly episodes: readonly IssueEpisode[];
  readonly syncCycles: readonly SyncCycle[];
  /** The present state for readers, key → text. A row changes (and its `since`) only when the text does. */
  readonly state: StateValues;
  /** What the next cycle must remember, as JSON text; null leaves it as it is. */
  readonly memory: string | null;
}

export interface EventFilter {
  readonly since?: EpochMs;
  readonly until?: EpochMs;
  readonly kinds?: readonly string[];
  readonly severities?: readonly string[];
  readonly issue?: string;
  /** Only events whose summary or detail has this in it; A to Z are the same as a to z. */
  readonly text?: string;
  /** Only events with a larger number: for following. */
  readonly afterId?: number;
  /** The newest so many, still in the order they happened. */
  readonly last?: number;
}

export interface Store {
  /** Writes the batch and answers the events with their numbers. Throws StoreError; then nothing was written. */
  commit(batch: Batch): StoredEvent[];
  /** The JSON text of the last batch's memory, or null on a new database. */
  memory(): string | null;
  /** Checks the structure of every page. Throws StoreError `corrupt`. */
  check(): void;
  /**
   * Deletes what is older than the retention, seven days of history at most, the oldest
   * first. Gives pages back to the file system. Call it once a day: each call may delete seven days more,
   * also after one that threw.
   */
  retain(now: EpochMs, retentionDays: number): { deletedEvents: number };
  /** Moves what the WAL holds into the database file, so that a plain copy is nearly current. */
  checkpoint(): void;
  /** Checkpoints and closes. Safe to call twice. */
  close(): void;
}

/** How readers see the database: only through the public views. */
export interface StoreReader {
  events(filter: EventFilter): EventRow[];
  issues(): IssueRow[];
  sync(): SyncRow[];
  state(): StateRow[];
  /** A number that is another once somebody else has written; cheap to ask. */
  writes(): number;
  close(): void;
}

/** Rows of the public views: text, never null. */
export type EventRow = ViewRow<'events'>;
export type IssueRow = ViewRow<'issues'> & { status: 'open' | 'resolved' };
export type SyncRow = ViewRow<'sync'>;
export type StateRow = ViewRow<'state'>;
