import type { EpochMs } from '../shared/time.ts';
import { asStoreError, mayPass, storeError } from './errors.ts';
import { readMemoryOnly } from './memory-copy.ts';
import { unfinishedQuarantine } from './quarantine.ts';
import { type OpenedStore, type OpenOptions, openStore } from './sqlite-store.ts';
import type { Batch, StoredEvent } from './store.ts';
import type { Salvaged } from './suspicion.ts';

export interface ReopeningOptions extends OpenOptions {
  /** Whether the database may be opened: this process holds the instance lock. */
  readonly mayOpen: () => boolean;
  /** A late opening replaced a damaged database: the batch that records it. */
  readonly recoveredBatch: (recovered: Salvaged) => Batch;
}

/**
 * A store that is opened as soon as it can be. A full disk, a lock of another program, a read-only volume and
 * lost permissions prevent no start: `commit` throws then, and opens the database at a later call.
 */
export class ReopeningStore implements OpenedStore {
  /** Of the opening in the constructor. A later one records its own. */
  readonly recovered: Salvaged | null;
  readonly #options: ReopeningOptions;
  readonly #memory: string | null;
  #store: OpenedStore | null = null;
  #rowsBefore = 0;
  #closed = false;

  /** Throws StoreError when no later attempt can succeed. */
  constructor(options: ReopeningOptions) {
    this.#options = options;
    try {
      this.#store = this.#open();
    } catch (error) {
      if (!mayPass(asStoreError(error, options.path))) throw error;
    }
    this.recovered = this.#store?.recovered ?? null;
    this.#memory = this.#store === null ? this.#memoryMeanwhile() : this.#store.memory();
  }

  commit(batch: Batch): StoredEvent[] {
    try {
      return this.#opened().commit(batch);
    } catch (error) {
      const met = asStoreError(error, this.#options.path);
      // A connection stays read-only. Without space or a lock it can be used later, and may not be replaced.
      if (mayPass(met) && met.code !== 'full' && met.code !== 'busy') this.#drop();
      throw met;
    }
  }

  /** The agent memory at the start. */
  memory(): string | null {
    return this.#memory;
  }

  check(): void {
    this.#opened().check();
  }

  retain(now: EpochMs, retentionDays: number): { deletedEvents: number } {
    return this.#opened().retain(now, retentionDays);
  }

  checkpoint(): void {
    this.#store?.checkpoint();
  }

  get rowsWritten(): number {
    return this.#rowsBefore + (this.#store?.rowsWritten ?? 0);
  }

  close(): void {
    this.#closed = true;
    this.#store?.close();
  }

  /** After a quarantine the new database is still empty: the memory is in the quarantined one. */
  #memoryMeanwhile(): string | null {
    const { path } = this.#options;
    const { quarantined = null } = unfinishedQuarantine(path) ?? {};
    return (
      readMemoryOnly(path, this.#options) ??
      (quarantined === null ? null : readMemoryOnly(quarantined, this.#options))
    );
  }

  #opened(): OpenedStore {
    if (this.#store !== null) return this.#store;
    if (this.#closed) throw storeError('closed', this.#options.path);
    const store = this.#open();
    this.#store = store;
    if (store.recovered !== null) store.commit(this.#options.recoveredBatch(store.recovered));
    return store;
  }

  #open(): OpenedStore {
    const { path, mayOpen } = this.#options;
    if (!mayOpen()) throw storeError('denied', path, new Error('agent.lock is not locked'));
    return openStore(this.#options);
  }

  #drop(): void {
    this.#rowsBefore = this.rowsWritten;
    try {
      this.#store?.close();
    } catch {
      // It is opened again.
    }
    this.#store = null;
  }
}
