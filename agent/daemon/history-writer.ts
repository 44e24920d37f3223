import type { NewEvent } from '../shared/event.ts';
import { type EpochMs, minute, toIso } from '../shared/time.ts';
import type { StateValues } from '../store/state-keys.ts';
import type { Batch, Store, StoredEvent } from '../store/store.ts';
import { type AgentMemory, agentMemoryText, parseAgentMemory, sameExceptTime } from './agent-memory.ts';
import type { AgentLog } from './log.ts';
import { needsNewStart, optionalStep } from './optional-step.ts';

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
 * Invariant: the memory advances only with the transaction that stores its events. After a failed write the
 * next poll starts from the old memory, so no event is lost or stored twice.
 */
export class HistoryWriter {
  readonly #store: Store;
  readonly #log: Pick<AgentLog, 'warn' | 'error'>;
  readonly #onEvent: (event: StoredEvent) => void;
  #memory: AgentMemory;
  /** The memory in the database; null: unknown. */
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

  /** Replaces the memory without a write. The next write stores it. */
  remember(memory: AgentMemory): void {
    this.#memory = memory;
  }

  /** Calls `publish` when something was written since it last succeeded. */
  publishChanges(publish: () => void): void {
    if (!this.#changed) return;
    publish();
    this.#changed = false;
  }

  /** Stores a step in one transaction. False: it failed, nothing was written, and the memory is unchanged. */
  write(step: Step): boolean {
    const { at, events, episodes = [], syncCycles = [], state = {}, memory } = step;
    const notable = events.length + episodes.length + syncCycles.length > 0;
    const persist = memory !== undefined && (notable || this.#mustPersist(memory, at));
    // Only time has passed: no transaction.
    if (!notable && !persist && sameState(state, this.#state)) {
      if (memory !== undefined) this.#memory = memory;
      this.#checkpoint();
      return true;
    }
    let stored: StoredEvent[];
    try {
      const text = persist ? agentMemoryText(memory) : null;
      const written = persist ? { ...state, ...lastPollOf(memory) } : state;
      const batch = { at, macos: this.macos, events, episodes, syncCycles, state: written, memory: text };
      stored = this.#store.commit(batch);
    } catch (error) {
      if (needsNewStart(error)) throw error;
      this.#log.error({ err: error }, 'The database could not be written; the next poll tries again.');
      return false;
    }
    // The step is stored. What follows is optional.
    this.#changed = true;
    if (memory !== undefined) this.#memory = memory;
    if (step.state !== undefined) this.#state = step.state;
    if (persist) {
      this.#persisted = memory;
      this.#persistedAt = at;
    }
    for (const event of stored) this.#onEvent(event);
    if (notable) this.#needsCheckpoint = true;
    this.#checkpoint();
    return true;
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
