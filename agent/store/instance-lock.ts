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
  readRunFile,
  startedNow,
  touchRunFile,
  writeRunFile,
} from './run-file.ts';

export { type PreviousRun, previousRun } from './run-file.ts';

export interface HeldLock {
  readonly ok: true;
  /** What the last holder left, read before it was written over. */
  readonly previous: PreviousRun | null;
  /** How many runs in a row, up to the previous one, ended badly and soon after their start. */
  readonly quickDeaths: number;
  /** The last time that the agent restarted itself, in whichever run. */
  readonly selfRestart: SelfRestartRecord | null;
  /** When the daily maintenance last ran, in whichever run; null: not known. */
  readonly maintainedAt: Iso | null;
  /** Says that nothing is done before this instant. Never throws: a wait does not depend on it. */
  wait(until: EpochMs): void;
  /** Says that the work begins, after a wait. Never throws: the next heartbeat tries again. */
  begin(now: EpochMs): void;
  /** A look ended at this instant. Sets the mtime of `agent.json`, and writes no data. Throws StoreError. */
  beat(now: EpochMs): void;
  /** Writes what the run knows of its own use, that it restarts itself, or that it did the daily maintenance; on disk when it returns. Throws StoreError. */
  note(what: { ownUse: OwnUseRecord } | { selfRestart: SelfRestartRecord } | { maintainedAt: Iso }): void;
  /** Ends the run in order. Safe to call twice. Throws StoreError. */
  release(): void;
}

export interface RefusedLock {
  readonly ok: false;
  /** Who holds it; null when that can't be told. */
  readonly holder: { readonly pid: number; readonly startedAt: Iso } | null;
}

/** A lock is held as long as its connection is open, so none may be collected with the object that was answered. */
const held = new Set<Database.Database>();

/**
 * One agent for each user, or rather for each data folder.
 *
 * The lock is SQLite's own on an empty database, `agent.lock`: the kernel releases it with the process, however that ends,
 * so there is no stale lock and no pid to guess about. `agent.json` beside it says who holds it.
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
      return hold(db, dataDir, now, version);
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
    // It holds no data. Nobody has it: its content could be read, which an exclusive lock prevents.
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

function hold(db: Database.Database, dataDir: string, now: EpochMs, version: string): HeldLock {
  const previous = previousRun(dataDir);
  const quickDeaths = quickDeathsBefore(previous);
  const { selfRestart = null, maintainedAt = null } = readRunFile(dataDir) ?? {};
  let run = startedNow(now, version, { quickDeaths, selfRestart, maintainedAt });
  let lastPollAt = previous?.lastPollAt ?? null;
  /** Whether the file says what `run` says. */
  let written = false;
  const write = () => {
    written = false;
    writeRunFile(dataDir, run, lastPollAt);
    written = true;
  };
  write();
  held.add(db);
  const guarded = (use: () => void) => {
    try {
      use();
    } catch (error) {
      throw asStoreError(error, join(dataDir, 'agent.json'));
    }
  };
  const writeWhereItCan = () => {
    try {
      write();
    } catch {
      // The wait, or the work, is what counts. The next heartbeat tries again.
    }
  };
  return {
    ok: true,
    previous,
    quickDeaths,
    selfRestart,
    maintainedAt,
    wait: (until) => {
      run = { ...run, waitsUntil: toIso(until) };
      writeWhereItCan();
    },
    begin: (at) => {
      run = startedNow(at, version, { quickDeaths, selfRestart, maintainedAt });
      writeWhereItCan();
    },
    beat: (at) =>
      guarded(() => {
        if (!db.open) return;
        const touched = touchRunFile(dataDir, at);
        lastPollAt = at;
        if (!touched || !written) write();
      }),
    note: (what) =>
      guarded(() => {
        const noted = { ...run, ...what };
        writeRunFile(dataDir, noted, lastPollAt);
        run = noted;
        written = true;
      }),
    release: () =>
      guarded(() => {
        if (!db.open) return;
        try {
          writeRunFile(dataDir, { ...run, cleanStop: true }, lastPollAt);
        } finally {
          db.close();
          held.delete(db);
        }
      }),
  };
}
