import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { EpochMs } from '../shared/time.ts';
import { besideOf, type ConnectOptions, connect } from './connection.ts';
import { check, checkAtOpening, endedUncleanly } from './damage.ts';
import { asStoreError, type StoreError, storeError } from './errors.ts';
import { type Migration, migrate } from './migrations.ts';
import { preparePrivateDatabase } from './private-files.ts';
import { quarantine } from './quarantine.ts';
import { deleteOld, giveBackPages } from './retention.ts';
import { checkFit } from './schema.ts';
import type { Batch, Store, StoredEvent } from './store.ts';
import { forgetSuspicion, markSuspect, notYetRecorded, type Recovered } from './suspicion.ts';
import { type Committed, prepareCommit, prepareMemory } from './writes.ts';

export interface OpenOptions extends ConnectOptions {
  /** The database file; its folder is made when it is not there. */
  readonly path: string;
  /** Events are stamped with it. */
  readonly agentVersion: string;
  /** Names what is set aside. */
  readonly now: EpochMs;
  /** Another list than the product's own: for tests of migrating. */
  readonly migrations?: readonly Migration[];
}

export interface OpenedStore extends Store {
  /** What was set aside, now or at an earlier start, and no event `store-recovered` has recorded yet. */
  readonly recovered: Recovered | null;
  /** Rows that commits have inserted or changed since it was opened. What the retention deletes is not counted. */
  readonly rowsWritten: number;
}

/**
 * Opens the database for writing; makes it, brings it up to date, and replaces it when it is damaged.
 *
 * Only damage (SQLITE_CORRUPT, SQLITE_NOTADB) leads to a new database. Whatever may pass or can be put right (locked, full,
 * unreadable, read-only, tables of a later version) is a StoreError, and the file stays as it is.
 *
 * Every method throws StoreError. After `corrupt` or `moved` this store is of no more use: close it, and open it anew.
 */
export function openStore(options: OpenOptions): OpenedStore {
  const { path, now } = options;
  try {
    return open(options, null);
  } catch (error) {
    const met = asStoreError(error, path);
    if (met.code !== 'corrupt') throw met;
    try {
      return open(options, quarantine(path, { now, reason: reasonOf(met) }));
    } catch (again) {
      throw asStoreError(again, path);
    }
  }
}

function reasonOf({ cause, message }: StoreError): string {
  return cause instanceof Error ? cause.message : message;
}

function open(options: OpenOptions, recovered: Recovered | null): SqliteStore {
  const { path, agentVersion, migrations } = options;
  const { wal, shm } = besideOf(path);
  preparePrivateDatabase(path, [wal, shm]);
  const uncleanEnd = endedUncleanly(path);
  const db = connect(path, options);
  try {
    checkAtOpening(db, path, uncleanEnd);
    migrate(db, path, migrations);
    checkFit(db, path);
    return new SqliteStore(db, path, agentVersion, recovered ?? notYetRecorded(path));
  } catch (error) {
    db.close();
    throw error;
  }
}

class SqliteStore implements OpenedStore {
  readonly recovered: Recovered | null;
  readonly #db: Database.Database;
  readonly #path: string;
  /** The file itself, whatever its name: device and inode. */
  readonly #file: string;
  readonly #commit: (batch: Batch) => Committed;
  readonly #memory: () => string | null;
  #rowsWritten = 0;

  constructor(db: Database.Database, path: string, agentVersion: string, recovered: Recovered | null) {
    this.recovered = recovered;
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
    this.#optional(() => giveBackPages(this.#db));
    return deleted;
  }

  /** PASSIVE: never waits for a reader, whose pages simply stay in the WAL until next time. */
  checkpoint(): void {
    this.#guarded(() => this.#db.pragma('wal_checkpoint(PASSIVE)'));
  }

  close(): void {
    if (!this.#db.open) return;
    // The last one to close checkpoints by itself; with a reader about, nobody else would. Without a checkpoint
    // everything is in the WAL, where the next opening finds it.
    this.#optional(() => this.#db.pragma('wal_checkpoint(PASSIVE)'));
    this.#guarded(() => this.#db.close());
  }

  /** A step after the work, which counts without it. It can be done another time. */
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

  /** SQLite goes on writing to a deleted file without complaint, and all of it is lost at the end. */
  #checkStillThere(): void {
    if (this.#db.open && fileAt(this.#path) !== this.#file) throw storeError('moved', this.#path);
  }
}

function fileAt(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.dev}:${found.ino}`;
}
