import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type EpochMs, fromIso, type Iso, toIso } from '../shared/time.ts';
import { deleteIfPossible } from './delete-if-possible.ts';
import type { OwnUseRecord, SelfRestartRecord } from './own-use-record.ts';

/** What `agent.json` says of the run that holds the lock, or of the last one that did. */
export interface RunFile {
  readonly pid: number;
  readonly startedAt: Iso;
  readonly version: string;
  readonly cleanStop: boolean;
  /** How many runs before it, in a row, ended badly and soon after their start; see agent/daemon/crash-back-off.ts. */
  readonly quickDeaths: number;
  /** The run does not poll before this instant, because of them. */
  readonly waitsUntil: Iso | null;
  readonly ownUse: OwnUseRecord | null;
  readonly selfRestart: SelfRestartRecord | null;
  /** When the daily maintenance last ran, in whichever run. */
  readonly maintainedAt: Iso | null;
}

const instant = z.iso.datetime();
/** An earlier version did not write all fields. A fault in the last three must not hide which run it is. */
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
  /** When a look last ended, in that run or in one before it; null: never. */
  readonly lastPollAt: EpochMs | null;
  readonly cleanStop: boolean;
  readonly quickDeaths: number;
}

/** The beginning of 1970: any reader of file times takes it for very long ago. */
const neverPolled = 0;

export function runFilePath(dataDir: string): string {
  return join(dataDir, 'agent.json');
}

/** Null when there is none, or none that can be understood. */
export function readRunFile(dataDir: string): RunFile | null {
  try {
    return shape.parse(JSON.parse(readFileSync(runFilePath(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * The run that goes on in this folder, or null. A process of that number may be another by now, so this is for telling
 * people and for staying out of the way; only the lock decides who may write.
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
    // Not allowed to signal it: then it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ask before taking the lock: that writes over it. */
export function previousRun(dataDir: string): PreviousRun | null {
  const run = readRunFile(dataDir);
  const file = statSync(runFilePath(dataDir), { throwIfNoEntry: false });
  if (run === null || file === undefined) return null;
  return {
    startedAt: fromIso(run.startedAt),
    lastPollAt: file.mtimeMs === neverPolled ? null : Math.round(file.mtimeMs),
    cleanStop: run.cleanStop,
    quickDeaths: run.quickDeaths,
  };
}

/**
 * Replaces the file in one step, so that a reader sees the old or the new one. Its modification time is a contract: when a look last
 * ended, whoever wrote the file since. A run that starts, waits, stops or crashes without a look must not seem to have looked.
 */
export function writeRunFile(dataDir: string, run: RunFile, lastPollAt: EpochMs | null): void {
  const path = runFilePath(dataDir);
  const temporary = `${path}.${process.pid}.partial`;
  try {
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(file, `${JSON.stringify(run)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    setMtime(temporary, lastPollAt ?? neverPolled);
    renameSync(temporary, path);
  } catch (error) {
    deleteIfPossible(temporary);
    throw error;
  }
}

/** A look has ended: the file's mtime, and no data. False when the file is gone. */
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
