import type { Clock } from '../shared/clock.ts';
import { type EpochMs, hour } from '../shared/time.ts';
import { asStoreError, mayPass, type StoreError, storeError } from './errors.ts';
import type { LockState } from './instance-lock.ts';
import { readMemoryOnly } from './memory-copy.ts';
import { unfinishedQuarantine } from './quarantine.ts';
import { type OpenedStore, type OpenOptions, openStore } from './sqlite-store.ts';
import type { Batch, StoredEvent } from './store.ts';
import type { Salvaged } from './suspicion.ts';

/** A disk that fails to read the database for longer is damaged. */
const unreadableForMost = hour;

export interface ReopeningOptions extends OpenOptions {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Of the instance lock: the database may be opened only while this process holds it. */
  readonly lockState: () => LockState;
  /** A late opening replaced a damaged database: the batch that records it. */
  readonly recoveredBatch: (recovered: Salvaged) => Batch;
}

/**
 * A store that is opened as soon as it can be. A full disk, a lock of another program, a read-only volume,
 * lost permissions and a disk that fails to read prevent no start: `commit` throws then, and opens the
 * database at a later call. The same holds after damage at work, which the next opening checks.
 */
export class ReopeningStore implements OpenedStore {
  /** Of the opening in the constructor. A later one records its own. */
  readonly recovered: Salvaged | null;
  readonly #options: ReopeningOptions;
  /** Of the last commit, or at the start. */
  #memory: string | null;
  /** Of the commits so far. What was salvaged may lack what is written only when it changes. */
  #state: Batch['state'] = {};
  #store: OpenedStore | null = null;
  /** Monotonic time since when the disk fails to read; null: it does not. */
  #unreadableSince: number | null = null;
  #rowsBefore = 0;
  #closed = false;

  /** Throws StoreError when no later attempt can succeed. */
  constructor(options: ReopeningOptions) {
    this.#options = options;
    this.#memory = null;
    try {
      this.#store = this.#open();
    } catch (error) {
      if (!mayPass(asStoreError(error, options.path))) throw error;
    }
    this.recovered = this.#store?.recovered ?? null;
    this.#memory = this.#store === null ? this.#memoryMeanwhile() : this.#store.memory();
  }

  commit(batch: Batch): StoredEvent[] {
    const stored = this.#using((store) => store.commit(batch));
    this.#memory = batch.memory ?? this.#memory;
    this.#state = { ...this.#state, ...batch.state };
    return stored;
  }

  /** The agent memory of the last commit, or at the start. */
  memory(): string | null {
    return this.#memory;
  }

  check(): void {
    this.#using((store) => store.check());
  }

  retain(now: EpochMs, retentionDays: number): { deletedEvents: number } {
    return this.#using((store) => store.retain(now, retentionDays));
  }

  checkpoint(): void {
    if (this.#store !== null) this.#using((store) => store.checkpoint());
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

  #using<T>(use: (store: OpenedStore) => T): T {
    try {
      return use(this.#opened());
    } catch (error) {
      const met = asStoreError(error, this.#options.path);
      if (needsNewConnection(met)) this.#drop();
      throw met;
    }
  }

  #opened(): OpenedStore {
    if (this.#store !== null) return this.#store;
    if (this.#closed) throw storeError('closed', this.#options.path);
    const store = this.#open();
    this.#store = store;
    if (store.recovered !== null)
      store.commit({
        ...this.#options.recoveredBatch(store.recovered),
        state: this.#state,
        memory: this.#memory,
      });
    return store;
  }

  #open(): OpenedStore {
    const { path, lockState, clock } = this.#options;
    const lock = lockState();
    if (lock.kind === 'taken') throw storeError('busy', path);
    if (lock.kind === 'unprotected') throw lockErrorOf(lock.error, path);
    const now = clock.monotonic();
    const unreadableIsDamage = now - (this.#unreadableSince ?? now) > unreadableForMost;
    try {
      const store = openStore({ ...this.#options, unreadableIsDamage, memory: this.#memory });
      this.#unreadableSince = null;
      return store;
    } catch (error) {
      this.#unreadableSince = asStoreError(error, path).code === 'io' ? (this.#unreadableSince ?? now) : null;
      throw error;
    }
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

/** The error of agent.lock, said of the database that is not opened for it. */
function lockErrorOf(error: StoreError, path: string): StoreError {
  const reason = error.cause instanceof Error ? error.cause.message : error.code;
  return storeError(error.code, path, new Error(`agent.lock can't be locked: ${reason}`, { cause: error }));
}

/** A connection stays read-only. Without space or a lock it can be used later, and may not be replaced. */
function needsNewConnection(error: StoreError): boolean {
  if (error.code === 'full' || error.code === 'busy') return false;
  return error.code === 'corrupt' || mayPass(error);
}
