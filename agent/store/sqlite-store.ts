import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { EpochMs } from '../shared/time.ts';
import { besideOf, type ConnectOptions, connect } from './connection.ts';
import { check, checkAtOpening, endedUncleanly, isReadable, readWhole } from './damage.ts';
import { asStoreError, StoreError, storeError } from './errors.ts';
import { fileAt } from './file-at.ts';
import { type Migration, migrate } from './migrations.ts';
import { preparePrivateDatabase } from './private-files.ts';
import { quarantine, unfinishedQuarantine } from './quarantine.ts';
import { deleteOld, freePages } from './retention.ts';
import { salvage } from './salvage.ts';
import { checkFit } from './schema.ts';
import type { Batch, Store, StoredEvent } from './store.ts';
import { forgetSuspicion, markSuspect, notYetRecorded, type Recovered, type Salvaged } from './suspicion.ts';
import { type Committed, prepareCommit, prepareMemory } from './writes.ts';

export interface OpenOptions extends ConnectOptions {
  /** The database file. Its folder is made if it is missing. */
  readonly path: string;
  /** Recorded with each event. */
  readonly agentVersion: string;
  /** Part of the name of a quarantined database. */
  readonly now: EpochMs;
  /** Something was recorded in this folder before, so an empty file is damage and no new database. */
  readonly recordedBefore?: boolean;
  /** A part that the disk fails to read is damage. Otherwise it is an error that may pass. */
  readonly unreadableIsDamage?: boolean;
  /** The agent memory, for a database whose own can't be salvaged. */
  readonly memory?: string | null;
  /** For tests of migrations: another list than the product's. */
  readonly migrations?: readonly Migration[];
}

export interface OpenedStore extends Store {
  /**
   * A quarantine, now or at an earlier start, that no event `store-recovered` has recorded yet; null: none.
   */
  readonly recovered: Salvaged | null;
  /** The number of rows that commits inserted or changed since the open. Retention is not counted. */
  readonly rowsWritten: number;
}

/**
 * Opens the database for writing: makes and migrates it, and quarantines a damaged one.
 *
 * Only damage (SQLITE_CORRUPT, SQLITE_NOTADB) leads to a new database: when two openings find it, and the
 * file can be read whole. Any other problem (locked, full, unreadable, read-only, tables of a later version)
 * is a StoreError, and the file stays unchanged.
 *
 * Every method throws StoreError. After `corrupt` or `moved`, close this store and open it again.
 */
export function openStore(options: OpenOptions): OpenedStore {
  const { path, now } = options;
  try {
    const first = openUnlessDamaged(options, false);
    if (!(first instanceof StoreError)) return first;
    if (!acceptsUnreadable(options)) readWhole(path);
    const second = openUnlessDamaged(options, true);
    if (!(second instanceof StoreError)) return second;
    if (!acceptsUnreadable(options)) readWhole(path);
    const recovered = quarantine(path, { now, reason: reasonOf(second) });
    return open(options, { recovered });
  } catch (error) {
    const met = asStoreError(error, path);
    // A new database is not damaged: a read of it failed.
    throw met.code === 'corrupt' ? storeError('io', path, met.cause) : met;
  }
}

/**
 * Before a quarantined database is salvaged, no other one is quarantined for it: a disk that fails to read
 * each new one would push the history out of the sets that are kept.
 */
function acceptsUnreadable({ path, unreadableIsDamage = false }: OpenOptions): boolean {
  return unreadableIsDamage && unfinishedQuarantine(path) === null;
}

/** The store, or why the database is damaged. */
function openUnlessDamaged(options: OpenOptions, suspected: boolean): OpenedStore | StoreError {
  try {
    return open(options, { suspected });
  } catch (error) {
    const { path } = options;
    const met = asStoreError(error, path);
    const unreadable = met.code === 'io' && acceptsUnreadable(options) && !isReadable(path);
    if (met.code !== 'corrupt' && !unreadable) throw met;
    return met;
  }
}

function reasonOf({ cause, message }: StoreError): string {
  return cause instanceof Error ? cause.message : message;
}

function open(
  options: OpenOptions,
  { recovered = null, suspected = false }: { recovered?: Recovered | null; suspected?: boolean },
): SqliteStore {
  const { path, agentVersion, migrations } = options;
  const { wal, shm } = besideOf(path);
  const isNew = recovered === null && unfinishedQuarantine(path) === null;
  if (options.recordedBefore && isNew && statSync(path, { throwIfNoEntry: false })?.size === 0)
    throw storeError('corrupt', path, new Error('the file is empty'));
  preparePrivateDatabase(path, [wal, shm]);
  const uncleanEnd = endedUncleanly(path);
  const db = connect(path, options);
  try {
    checkAtOpening(db, path, { uncleanEnd, suspected });
    migrate(db, path, migrations);
    checkFit(db, path);
    const found = recovered ?? notYetRecorded(path) ?? withoutNote(db, path);
    // Also when an earlier start was interrupted before it could do so.
    if (found !== null && isEmpty(db)) salvage(db, found.quarantined, options);
    return new SqliteStore(db, path, agentVersion, found);
  } catch (error) {
    if (asStoreError(error, path).code === 'corrupt') markSuspect(path);
    db.close();
    throw error;
  }
}

/** A quarantine whose note could not be written. A database with rows has none. */
function withoutNote(db: Database.Database, path: string): Recovered | null {
  const unfinished = unfinishedQuarantine(path);
  return unfinished !== null && isEmpty(db) ? unfinished : null;
}

function isEmpty(db: Database.Database): boolean {
  return db.prepare('SELECT 1 FROM event UNION ALL SELECT 1 FROM memory').get() === undefined;
}

function eventsIn(db: Database.Database): number {
  return db.prepare<[], number>('SELECT COUNT(*) FROM event').pluck().get() ?? 0;
}

class SqliteStore implements OpenedStore {
  readonly recovered: Salvaged | null;
  readonly #db: Database.Database;
  readonly #path: string;
  /** Device and inode of the open file. */
  readonly #file: string;
  readonly #commit: (batch: Batch) => Committed;
  readonly #memory: () => string | null;
  #rowsWritten = 0;

  constructor(db: Database.Database, path: string, agentVersion: string, recovered: Recovered | null) {
    this.recovered = recovered === null ? null : { ...recovered, salvagedEvents: eventsIn(db) };
    this.#db = db;
    this.#path = path;
    this.#file = fileAt(path);
    this.#commit = prepareCommit(db, agentVersion);
    this.#memory = prepareMemory(db);
    if (recovered === null) forgetSuspicion(path);
  }

  commit(batch: Batch): StoredEvent[] {
    return this.#guarded(() => {
      this.#checkStillThere();
      const { stored, rows } = this.#commit(batch);
      this.#rowsWritten += rows;
      if (this.recovered !== null && batch.events.some(({ kind }) => kind === 'store-recovered'))
        forgetSuspicion(this.#path);
      return stored;
    });
  }

  get rowsWritten(): number {
    return this.#rowsWritten;
  }

  memory(): string | null {
    return this.#guarded(this.#memory);
  }

  check(): void {
    this.#guarded(() => check(this.#db, this.#path));
  }

  retain(now: EpochMs, retentionDays: number): { deletedEvents: number } {
    const deleted = this.#guarded(() => deleteOld(this.#db, now, retentionDays));
    this.#optional(() => freePages(this.#db));
    return deleted;
  }

  /** PASSIVE does not wait for a reader: its pages stay in the WAL until the next checkpoint. */
  checkpoint(): void {
    this.#guarded(() => this.#db.pragma('wal_checkpoint(PASSIVE)'));
  }

  close(): void {
    if (!this.#db.open) return;
    // SQLite checkpoints when the last connection closes, which may be a reader's. After a failed checkpoint
    // the data is in the WAL.
    this.#optional(() => this.#db.pragma('wal_checkpoint(PASSIVE)'));
    this.#guarded(() => this.#db.close());
  }

  /** A step that may fail, since a later call repeats it. */
  #optional(step: () => unknown): void {
    try {
      step();
    } catch (error) {
      if (asStoreError(error, this.#path).code === 'corrupt') markSuspect(this.#path);
    }
  }

  #guarded<T>(use: () => T): T {
    try {
      return use();
    } catch (error) {
      const met = asStoreError(error, this.#path);
      if (met.code === 'corrupt') markSuspect(this.#path);
      throw met;
    }
  }

  /** SQLite writes to a deleted file without an error, and the data is lost when it closes. */
  #checkStillThere(): void {
    if (this.#db.open && fileAt(this.#path) !== this.#file) throw storeError('moved', this.#path);
  }
}
