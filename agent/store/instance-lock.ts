import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type EpochMs, type Iso, toIso } from '../shared/time.ts';
import { asStoreError } from './errors.ts';
import type { OwnUseRecord, SelfRestartRecord } from './own-use-record.ts';
import { preparePrivateDatabase } from './private-files.ts';
import { quickDeathsBefore } from './quick-deaths.ts';
import {
  type PreviousRun,
  previousRun,
  type RunFile,
  readRunFile,
  startedNow,
  touchRunFile,
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
  note(what: { ownUse: OwnUseRecord } | { selfRestart: SelfRestartRecord } | { maintainedAt: Iso }): void;
  /** Ends the run with a clean stop. Safe to call twice. Throws StoreError. */
  release(): void;
}

export interface RefusedLock {
  readonly ok: false;
  /** The process that holds the lock; null: unknown. */
  readonly holder: { readonly pid: number; readonly startedAt: Iso } | null;
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
  nativeBinding?: string,
): HeldLock | RefusedLock {
  const path = join(dataDir, 'agent.lock');
  try {
    const db = lock(path, nativeBinding);
    if (db === null) return { ok: false, holder: holderOf(dataDir) };
    try {
      return new HeldInstanceLock(db, dataDir, now, version);
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw asStoreError(error, path);
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
  const run = readRunFile(dataDir);
  return run === null ? null : { pid: run.pid, startedAt: run.startedAt };
}

class HeldInstanceLock implements HeldLock {
  readonly ok = true;
  readonly previous: PreviousRun | null;
  readonly quickDeaths: number;
  readonly selfRestart: SelfRestartRecord | null;
  readonly maintainedAt: Iso | null;
  readonly #db: Database.Database;
  readonly #dataDir: string;
  readonly #version: string;
  #run: RunFile;
  #lastPollAt: EpochMs | null;
  /** Whether the file has the content of `#run`. */
  #written = false;

  constructor(db: Database.Database, dataDir: string, now: EpochMs, version: string) {
    this.#db = db;
    this.#dataDir = dataDir;
    this.#version = version;
    this.previous = previousRun(dataDir);
    this.quickDeaths = quickDeathsBefore(this.previous);
    const { selfRestart = null, maintainedAt = null } = readRunFile(dataDir) ?? {};
    this.selfRestart = selfRestart;
    this.maintainedAt = maintainedAt;
    this.#lastPollAt = this.previous?.lastPollAt ?? null;
    this.#run = this.#startedAt(now);
    this.#write();
    held.add(db);
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
      if (!this.#db.open) return;
      const touched = touchRunFile(this.#dataDir, now);
      this.#lastPollAt = now;
      if (!touched || !this.#written) this.#write();
    });
  }

  note(what: { ownUse: OwnUseRecord } | { selfRestart: SelfRestartRecord } | { maintainedAt: Iso }): void {
    this.#guarded(() => {
      const noted = { ...this.#run, ...what };
      writeRunFile(this.#dataDir, noted, this.#lastPollAt);
      this.#run = noted;
      this.#written = true;
    });
  }

  release(): void {
    this.#guarded(() => {
      if (!this.#db.open) return;
      try {
        writeRunFile(this.#dataDir, { ...this.#run, cleanStop: true }, this.#lastPollAt);
      } finally {
        this.#db.close();
        held.delete(this.#db);
      }
    });
  }

  #startedAt(now: EpochMs): RunFile {
    const { quickDeaths, selfRestart, maintainedAt } = this;
    return startedNow(now, this.#version, { quickDeaths, selfRestart, maintainedAt });
  }

  #write(): void {
    this.#written = false;
    writeRunFile(this.#dataDir, this.#run, this.#lastPollAt);
    this.#written = true;
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
