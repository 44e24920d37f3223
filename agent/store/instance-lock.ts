import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type EpochMs, type Iso, toIso } from '../shared/time.ts';
import { asStoreError, mayPass, type StoreError } from './errors.ts';
import { fileAt } from './file-at.ts';
import type { OwnUseRecord, SelfRestartRecord } from './own-use-record.ts';
import { preparePrivateDatabase } from './private-files.ts';
import { quickDeathsBefore } from './quick-deaths.ts';
import {
  lastRun,
  type PreviousRun,
  previousRun,
  type RunFile,
  runningAgent,
  startedNow,
  touchRunFile,
  type UnwrittenEvents,
  writeRunFile,
} from './run-file.ts';

export interface HeldLock {
  readonly ok: true;
  /** The run of the last holder, read before its file is overwritten. */
  readonly previous: PreviousRun | null;
  /** The number of quick deaths in a row, up to the previous run. */
  readonly quickDeaths: number;
  /** The last time that the agent restarted itself, in any run. */
  readonly selfRestart: SelfRestartRecord | null;
  /** When the daily maintenance last ran, in any run; null: unknown. */
  readonly maintainedAt: Iso | null;
  /** Records that the agent does not poll before this instant. Never throws. */
  wait(until: EpochMs): void;
  /** Records that polling begins, after a wait. Never throws: the next heartbeat tries again. */
  begin(now: EpochMs): void;
  /**
   * Records that a poll ended at this instant: sets the mtime of `agent.json`, without writing data. Throws
   * StoreError.
   */
  beat(now: EpochMs): void;
  /** Writes to `agent.json`, and flushes it to the disk before it returns. Throws StoreError. */
  note(what: RunNote): void;
  /**
   * Call it before each poll and each opening of the database, which needs the kind `held`. Never throws.
   */
  verify(): LockState;
  /** Ends the run with a clean stop. Safe to call twice. Throws StoreError. */
  release(unwritten?: UnwrittenEvents | null): void;
}

type RunNote =
  | { ownUse: OwnUseRecord }
  | { selfRestart: SelfRestartRecord }
  | { maintainedAt: Iso }
  | { unwritten: UnwrittenEvents | null };

export type LockState =
  | { readonly kind: 'held' }
  /** Another agent holds it: agent.lock was deleted, or could not be locked before. This one must end. */
  | { readonly kind: 'taken' }
  /** The lock can't be taken now. */
  | { readonly kind: 'unprotected'; readonly error: StoreError };

export interface RefusedLock {
  readonly ok: false;
  /** The agent that holds the lock; null: none is known to run, and something else prevents the lock. */
  readonly holder: { readonly pid: number; readonly startedAt: Iso } | null;
}

export interface LockOptions {
  readonly nativeBinding?: string | undefined;
  /**
   * On a full disk, a read-only volume or without permission, runs without the lock until `verify` can take
   * it. Otherwise that throws.
   */
  readonly startsWithoutLock?: boolean;
}

/** A lock lasts while its connection is open, so the connection must outlive the object that was returned. */
const held = new Set<Database.Database>();

/**
 * Takes the instance lock: one agent for each data folder.
 *
 * It is SQLite's lock on an empty database, `agent.lock`. The kernel releases it when the process ends, so
 * there is no stale lock. `agent.json` beside it names the holder.
 *
 * Throws StoreError when the folder can't be used.
 */
export function acquireInstanceLock(
  dataDir: string,
  now: EpochMs,
  version: string,
  options: LockOptions = {},
): HeldLock | RefusedLock {
  const path = lockPath(dataDir);
  try {
    const db = lockUnlessUnusable(path, options);
    if (db === null) return { ok: false, holder: holderOf(dataDir) };
    try {
      return new HeldInstanceLock(db === 'unusable' ? null : db, dataDir, now, version, options);
    } catch (error) {
      if (db !== 'unusable') db.close();
      throw error;
    }
  } catch (error) {
    throw asStoreError(error, path);
  }
}

export function lockPath(dataDir: string): string {
  return join(dataDir, 'agent.lock');
}

function lockUnlessUnusable(path: string, options: LockOptions): Database.Database | 'unusable' | null {
  try {
    return lock(path, options.nativeBinding);
  } catch (error) {
    if (options.startsWithoutLock && mayPass(asStoreError(error, path))) return 'unusable';
    throw error;
  }
}

/** Null when another process holds it. */
function lock(path: string, nativeBinding: string | undefined): Database.Database | null {
  try {
    return tryLock(path, nativeBinding);
  } catch (error) {
    const { code } = asStoreError(error, path);
    if (code === 'busy') return null;
    if (code !== 'corrupt') throw error;
    // The file holds no data. It is not locked: its content could be read, which an exclusive lock prevents.
    rmSync(path);
    return tryLock(path, nativeBinding);
  }
}

function tryLock(path: string, nativeBinding: string | undefined): Database.Database {
  preparePrivateDatabase(path, []);
  const db = new Database(path, { timeout: 0, nativeBinding });
  try {
    // `cache_size` reads the schema first, for which SQLite reserves memory for 20 pages. `shrink_memory`
    // frees it, and later reads reserve none.
    db.pragma('cache_size = 1');
    db.pragma('shrink_memory');
    // No journal file beside it.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function holderOf(dataDir: string): RefusedLock['holder'] {
  const run = runningAgent(dataDir);
  return run === null ? null : { pid: run.pid, startedAt: run.startedAt };
}

class HeldInstanceLock implements HeldLock {
  readonly ok = true;
  readonly previous: PreviousRun | null;
  readonly quickDeaths: number;
  readonly selfRestart: SelfRestartRecord | null;
  readonly maintainedAt: Iso | null;
  readonly #options: LockOptions;
  /** Null: the lock could not be taken yet. */
  #db: Database.Database | null;
  /** Device and inode of the locked file. */
  #file: string | null;
  #released = false;
  readonly #dataDir: string;
  readonly #version: string;
  #run: RunFile;
  #lastPollAt: EpochMs | null;
  /** Whether the file has the content of `#run`. */
  #written = false;

  constructor(
    db: Database.Database | null,
    dataDir: string,
    now: EpochMs,
    version: string,
    options: LockOptions,
  ) {
    this.#options = options;
    this.#db = db;
    this.#file = db === null ? null : fileAt(lockPath(dataDir));
    this.#dataDir = dataDir;
    this.#version = version;
    this.previous = previousRun(dataDir);
    this.quickDeaths = quickDeathsBefore(this.previous);
    const { selfRestart = null, maintainedAt = null } = lastRun(dataDir).run ?? {};
    this.selfRestart = selfRestart;
    this.maintainedAt = maintainedAt;
    this.#lastPollAt = this.previous?.lastPollAt ?? null;
    this.#run = this.#startedAt(now);
    if (options.startsWithoutLock) this.#writeIfPossible();
    else this.#write();
    if (db !== null) held.add(db);
  }

  verify(): LockState {
    const path = lockPath(this.#dataDir);
    try {
      if (this.#db !== null && this.#file !== 'none' && fileAt(path) === this.#file) return { kind: 'held' };
      const db = lock(path, this.#options.nativeBinding);
      if (db === null) return { kind: 'taken' };
      this.#unlock();
      this.#db = db;
      this.#file = fileAt(path);
      held.add(db);
      return { kind: 'held' };
    } catch (error) {
      return { kind: 'unprotected', error: asStoreError(error, path) };
    }
  }

  wait(until: EpochMs): void {
    this.#run = { ...this.#run, waitsUntil: toIso(until) };
    this.#writeIfPossible();
  }

  begin(now: EpochMs): void {
    this.#run = this.#startedAt(now);
    this.#writeIfPossible();
  }

  beat(now: EpochMs): void {
    this.#guarded(() => {
      if (this.#released) return;
      const touched = touchRunFile(this.#dataDir, now);
      this.#lastPollAt = now;
      if (!touched || !this.#written) this.#write();
    });
  }

  note(what: RunNote): void {
    this.#guarded(() => {
      const noted = { ...this.#run, ...what };
      this.#written = writeRunFile(this.#dataDir, noted, this.#lastPollAt);
      this.#run = noted;
    });
  }

  release(unwritten: UnwrittenEvents | null = null): void {
    this.#guarded(() => {
      if (this.#released) return;
      this.#released = true;
      try {
        writeRunFile(this.#dataDir, { ...this.#run, unwritten, cleanStop: true }, this.#lastPollAt);
      } finally {
        this.#unlock();
      }
    });
  }

  #unlock(): void {
    if (this.#db === null) return;
    held.delete(this.#db);
    this.#db.close();
  }

  #startedAt(now: EpochMs): RunFile {
    const { quickDeaths, selfRestart, maintainedAt } = this;
    return startedNow(now, this.#version, { quickDeaths, selfRestart, maintainedAt });
  }

  #write(): void {
    this.#written = false;
    this.#written = writeRunFile(this.#dataDir, this.#run, this.#lastPollAt);
  }

  #writeIfPossible(): void {
    try {
      this.#write();
    } catch {
      // The agent runs without it. The next heartbeat tries again.
    }
  }

  #guarded(use: () => void): void {
    try {
      use();
    } catch (error) {
      throw asStoreError(error, join(this.#dataDir, 'agent.json'));
    }
  }
}
