import type { NewEvent } from '../shared/event.ts';
import { type EpochMs, minute, toIso } from '../shared/time.ts';
import { StoreError } from '../store/errors.ts';
import type { UnwrittenEvents } from '../store/run-file.ts';
import type { StateValues } from '../store/state-keys.ts';
import type { Batch, Store, StoredEvent } from '../store/store.ts';
import { type AgentMemory, agentMemoryText, parseAgentMemory, sameExceptTime } from './agent-memory.ts';
import type { AgentLog } from './log.ts';
import { needsNewStart, optionalStep } from './optional-step.ts';
import { PendingBatches } from './pending-batches.ts';

/** The memory is stored at least this often, also when only time counters changed. A kill loses no more. */
const persistAtLeastEvery = 30 * minute;

/** What is stored in one transaction. Without `memory`, the memory stays. */
export interface Step extends Partial<Pick<Batch, 'episodes' | 'syncCycles' | 'state'>> {
  readonly at: EpochMs;
  readonly events: readonly NewEvent[];
  readonly memory?: AgentMemory;
}

/**
 * Writes the history and the agent memory.
 *
 * Invariants:
 * - The memory in the database advances only with the transaction that stores its events. A crash loses what
 *   still waits, and the next run detects it again.
 * - What could not be written waits in memory (pending-batches.ts), and is written first and in order. The
 *   agent continues meanwhile.
 */
export class HistoryWriter {
  readonly #store: Store;
  readonly #log: Pick<AgentLog, 'warn' | 'error'>;
  readonly #onEvent: (event: StoredEvent) => void;
  readonly #pending = new PendingBatches();
  /** The last attempt to write failed. It is logged once. */
  #failing = false;
  #memory: AgentMemory;
  /** The memory that is written, or waits to be written; null: unknown. */
  #persisted: AgentMemory | null = null;
  #persistedAt: EpochMs = Number.NEGATIVE_INFINITY;
  #state: Readonly<Record<string, string>> = {};
  #needsCheckpoint = false;
  #changed = true;
  /** The version of macOS, stored with each event. */
  macos: string;

  constructor(store: Store, log: Pick<AgentLog, 'warn' | 'error'>, onEvent: (event: StoredEvent) => void) {
    this.#store = store;
    this.#log = log;
    this.#onEvent = onEvent;
    const { memory, valid } = parseAgentMemory(store.memory());
    this.#memory = memory;
    this.macos = memory.detection.macos ?? '';
    if (!valid) log.warn({}, 'The agent memory is invalid; the agent starts from a baseline.');
  }

  get memory(): AgentMemory {
    return this.#memory;
  }

  /**
   * Calls `publish` when something was written since it last succeeded. While events wait, a reader could
   * wait too, and would read an old state. Damage that `publish` meets is one of the store.
   */
  publishChanges(publish: () => void): void {
    if (!this.#changed || this.unwritten !== null) return;
    try {
      publish();
    } catch (error) {
      if (error instanceof StoreError && error.code === 'corrupt') this.#store.check();
      throw error;
    }
    this.#changed = false;
  }

  /** The events that wait to be written; null: none. */
  get unwritten(): UnwrittenEvents | null {
    return this.#pending.unwritten;
  }

  /** Stores a step in one transaction, now or as soon as the database can be written. */
  write(step: Step): void {
    const { at, events, episodes = [], syncCycles = [], state = {}, memory } = step;
    const notable = events.length + episodes.length + syncCycles.length > 0;
    const persist = memory !== undefined && (notable || this.#mustPersist(memory, at));
    if (memory !== undefined) this.#memory = memory;
    // Otherwise only time has passed: no transaction.
    if (notable || persist || !sameState(state, this.#state)) {
      const text = persist ? agentMemoryText(memory) : null;
      const written = persist ? { ...state, ...lastPollOf(memory) } : state;
      const batch = { at, macos: this.macos, events, episodes, syncCycles, state: written, memory: text };
      this.#pending.add(batch);
      if (step.state !== undefined) this.#state = step.state;
      if (persist) {
        this.#persisted = memory;
        this.#persistedAt = at;
      }
    }
    this.writePending();
    this.#checkpoint();
  }

  /** Writes what waits. Throws StoreError when a new start is needed. */
  writePending(): void {
    for (let batch = this.#pending.next(); batch !== null; batch = this.#pending.next()) {
      let stored: StoredEvent[];
      try {
        stored = this.#store.commit(batch);
      } catch (error) {
        if (needsNewStart(error)) throw error;
        if (!this.#failing)
          this.#log.error({ err: error }, 'The history could not be written; events wait in memory.');
        this.#failing = true;
        return;
      }
      this.#pending.written();
      // The batch is stored. What follows is optional.
      this.#changed = true;
      for (const event of stored) this.#onEvent(event);
      if (stored.length + batch.episodes.length + batch.syncCycles.length > 0) this.#needsCheckpoint = true;
    }
    if (this.#failing) this.#log.warn({}, 'The history can be written again; what waited is recorded.');
    this.#failing = false;
  }

  #mustPersist(memory: AgentMemory, at: EpochMs): boolean {
    const stale = Math.abs(at - this.#persistedAt) >= persistAtLeastEvery;
    return stale || this.#persisted === null || !sameExceptTime(memory, this.#persisted);
  }

  /** Moves the WAL into the database file, so a plain copy of the file is nearly current. */
  #checkpoint(): void {
    if (!this.#needsCheckpoint) return;
    const step = { what: 'The checkpoint', next: 'the next poll tries again' };
    optionalStep(this.#log, step, () => {
      this.#store.checkpoint();
      this.#needsCheckpoint = false;
    });
  }
}

/** For readers without the run record. It changes at every poll, so it is stored only with the memory. */
function lastPollOf({ detection: { moment } }: AgentMemory): StateValues {
  return moment === null ? {} : { 'last-poll': toIso(moment.at) };
}

function sameState(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
