import { newEvent } from '../shared/event.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import type { UnwrittenEvents } from '../store/run-file.ts';
import type { Batch } from '../store/store.ts';

/** Events that wait in memory at most: weeks of an eventful Mac, and about a megabyte. */
const eventsKept = 1_000;
/** Each batch holds an agent memory of some kilobytes. The oldest batches are merged into one. */
const batchesKept = 100;

/**
 * Batches that could not be written yet, in order. When more events wait than `eventsKept`, the oldest events
 * are dropped and counted. Episodes, cycles, state and memory are never dropped: the newest value of each is
 * kept.
 *
 * Each batch keeps its agent memory. A crash while the batches are written then records no event twice.
 */
export class PendingBatches {
  readonly #limit: number;
  #batches: Batch[] = [];
  #events = 0;
  #dropped: { readonly count: number; readonly from: EpochMs; readonly to: EpochMs } | null = null;

  constructor(limit = eventsKept) {
    this.#limit = limit;
  }

  /** The events that wait or were dropped; null: none. */
  get unwritten(): UnwrittenEvents | null {
    const since = this.#dropped?.from ?? this.#batches[0]?.at;
    if (since === undefined) return null;
    return { events: this.#events + (this.#dropped?.count ?? 0), since: toIso(since) };
  }

  add(batch: Batch): void {
    this.#batches.push(batch);
    this.#events += batch.events.length;
    while (this.#batches.length > batchesKept) this.#mergeFirst();
    while (this.#events > this.#limit) this.#dropFirst();
  }

  /** The batch to write next, with an event about what was dropped before it; null: none waits. */
  next(): Batch | null {
    const first = this.#batches[0];
    if (first === undefined || this.#dropped === null) return first ?? null;
    const { count, from, to } = this.#dropped;
    const summary = `${count} events were not recorded: the history could not be written for too long.`;
    const data = { reason: 'notWritten', from: toIso(from), to: toIso(to), events: count };
    return { ...first, events: [newEvent(to, 'gap', 'low', summary, { data }), ...first.events] };
  }

  /** The batch of `next` is written. */
  written(): void {
    const first = this.#batches.shift();
    this.#events -= first?.events.length ?? 0;
    this.#dropped = null;
  }

  #dropFirst(): void {
    const first = this.#batches[0];
    const event = first?.events[0];
    if (first === undefined) return;
    if (event === undefined) {
      this.#mergeFirst();
      return;
    }
    this.#batches[0] = { ...first, events: first.events.slice(1) };
    this.#events--;
    const { count = 0, from = event.at } = this.#dropped ?? {};
    this.#dropped = { count: count + 1, from, to: event.at };
  }

  #mergeFirst(): void {
    const [first, second, ...others] = this.#batches;
    if (first === undefined || second === undefined) return;
    this.#batches = [merged(first, second), ...others];
  }
}

function merged(first: Batch, second: Batch): Batch {
  return {
    at: second.at,
    macos: second.macos,
    events: [...first.events, ...second.events],
    episodes: newest([...first.episodes, ...second.episodes], (one) => `${one.issue} ${one.openedAt}`),
    syncCycles: newest([...first.syncCycles, ...second.syncCycles], (one) => String(one.staleFrom)),
    state: { ...first.state, ...second.state },
    memory: second.memory ?? first.memory,
  };
}

function newest<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}
