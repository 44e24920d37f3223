import { readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeAtomicFile } from '../shared/atomic-file.ts';
import { type EpochMs, fromIso, type Iso, toIso } from '../shared/time.ts';
import type { OwnUseRecord, SelfRestartRecord } from './own-use-record.ts';

/** The run record, `agent.json`: the run that holds the instance lock, or the last one that held it. */
export interface RunFile {
  readonly pid: number;
  readonly startedAt: Iso;
  readonly version: string;
  readonly cleanStop: boolean;
  /** The number of quick deaths in a row before this run; see agent/daemon/crash-back-off.ts. */
  readonly quickDeaths: number;
  /** Crash back-off: the run does not poll before this instant. */
  readonly waitsUntil: Iso | null;
  readonly ownUse: OwnUseRecord | null;
  readonly selfRestart: SelfRestartRecord | null;
  /** When the daily maintenance last ran, in any run. */
  readonly maintainedAt: Iso | null;
}

const instant = z.iso.datetime();
/** Earlier versions wrote fewer fields. An invalid value in one of the last three must not hide the run. */
const shape = z.object({
  pid: z.int(),
  startedAt: instant,
  version: z.string(),
  cleanStop: z.boolean(),
  quickDeaths: z._default(z.int(), 0),
  waitsUntil: z._default(z.nullable(instant), null),
  ownUse: z.catch(
    z.nullable(
      z.object({
        measuredAt: instant,
        rssBytes: z.number(),
        heapBytes: z.number(),
        cpuSecondsPerHour: z.nullable(z.number()),
        rowsPerHour: z.nullable(z.number()),
        rowsWritten: z.number(),
        lastLookMilliseconds: z.number(),
        over: z.array(z.string()),
      }),
    ),
    null,
  ),
  selfRestart: z.catch(z.nullable(z.object({ at: instant, because: z.string() })), null),
  maintainedAt: z.catch(z.nullable(instant), null),
});

/** The run before this one. */
export interface PreviousRun {
  readonly startedAt: EpochMs;
  /** When a poll last ended, in that run or an earlier one; null: never. */
  readonly lastPollAt: EpochMs | null;
  readonly cleanStop: boolean;
  readonly quickDeaths: number;
}

/** 1970: an instant that every reader of file times takes for very old. */
const neverPolled = 0;

export function runFilePath(dataDir: string): string {
  return join(dataDir, 'agent.json');
}

/** Null: missing or invalid. */
export function readRunFile(dataDir: string): RunFile | null {
  try {
    return shape.parse(JSON.parse(readFileSync(runFilePath(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * The present run in this folder, or null. Another process may have its pid by now, so this is for display
 * only; the lock decides who writes.
 */
export function runningAgent(dataDir: string): RunFile | null {
  const run = readRunFile(dataDir);
  return run === null || run.cleanStop || !isAlive(run.pid) ? null : run;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The end of the last poll, also of a file with invalid content. Null: never; undefined: no file. */
export function heartbeatIn(dataDir: string): EpochMs | null | undefined {
  const file = statSync(runFilePath(dataDir), { throwIfNoEntry: false });
  if (file === undefined) return undefined;
  return file.mtimeMs === neverPolled ? null : Math.round(file.mtimeMs);
}

/** Call it before taking the lock, which overwrites the file. */
export function previousRun(dataDir: string): PreviousRun | null {
  const run = readRunFile(dataDir);
  const lastPollAt = heartbeatIn(dataDir);
  if (run === null || lastPollAt === undefined) return null;
  return {
    startedAt: fromIso(run.startedAt),
    lastPollAt,
    cleanStop: run.cleanStop,
    quickDeaths: run.quickDeaths,
  };
}

/**
 * Replaces the file in one step: a reader sees the old or the new one. Its modification time is a contract:
 * the end of the last poll. A run that starts, waits, stops or crashes without a poll must not change that
 * time.
 */
export function writeRunFile(dataDir: string, run: RunFile, lastPollAt: EpochMs | null): void {
  writeAtomicFile(runFilePath(dataDir), `${JSON.stringify(run)}\n`, {
    durable: true,
    beforeRename: (temporary) => setMtime(temporary, lastPollAt ?? neverPolled),
  });
}

/** Records the end of a poll as the file's mtime, without writing data. False: the file is missing. */
export function touchRunFile(dataDir: string, now: EpochMs): boolean {
  try {
    setMtime(runFilePath(dataDir), now);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

function setMtime(path: string, at: EpochMs): void {
  utimesSync(path, at / 1000, at / 1000);
}

export function startedNow(
  now: EpochMs,
  version: string,
  kept: Pick<RunFile, 'quickDeaths' | 'selfRestart' | 'maintainedAt'>,
): RunFile {
  return {
    pid: process.pid,
    startedAt: toIso(now),
    version,
    cleanStop: false,
    waitsUntil: null,
    ownUse: null,
    ...kept,
  };
}
