import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeAtomicFile } from '../shared/atomic-file.ts';
import { isRunning } from '../shared/is-running.ts';
import { readRegularText } from '../shared/regular-file.ts';
import { type EpochMs, fromIso, type Iso, toIso } from '../shared/time.ts';
import { isRefused } from './is-refused.ts';
import type { OwnUseRecord, SelfRestartRecord } from './own-use-record.ts';
import { deleteSpareRecord, readSpareRecord, writeSpareRecord } from './spare-run-file.ts';

/** Events that are not in the database, since it could not be written. */
export interface UnwrittenEvents {
  readonly events: number;
  /** When the first of them was detected. */
  readonly since: Iso;
}

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
  /** The events that wait to be written, or that waited at the end of the run. */
  readonly unwritten: UnwrittenEvents | null;
}

/** The agent writes about 1 KB. */
const largest = 64 * 1024;

const ownUseShape = () =>
  z.object({
    measuredAt: z.iso.datetime(),
    rssBytes: z.number(),
    heapBytes: z.number(),
    cpuSecondsPerHour: z.nullable(z.number()),
    rowsPerHour: z.nullable(z.number()),
    rowsWritten: z.number(),
    lastLookMilliseconds: z.number(),
    over: z.array(z.string()),
  });

/**
 * Earlier versions wrote fewer fields. An invalid value in one of the last four must not hide the run.
 *
 * Built when a record is read: the agent reads one, at its start, and a schema takes memory.
 */
function runFileShape() {
  const instant = z.iso.datetime();
  return z.object({
    pid: z.int(),
    startedAt: instant,
    version: z.string(),
    cleanStop: z.boolean(),
    quickDeaths: z._default(z.int(), 0),
    waitsUntil: z._default(z.nullable(instant), null),
    ownUse: z.catch(z.nullable(ownUseShape()), null),
    selfRestart: z.catch(z.nullable(z.object({ at: instant, because: z.string() })), null),
    maintainedAt: z.catch(z.nullable(instant), null),
    unwritten: z.catch(z.nullable(z.object({ events: z.int(), since: instant })), null),
  });
}

/** The run before this one. */
export interface PreviousRun {
  readonly startedAt: EpochMs;
  /** When a poll last ended, in that run or an earlier one; null: never. */
  readonly lastPollAt: EpochMs | null;
  readonly cleanStop: boolean;
  readonly quickDeaths: number;
  /** Events that could not be written up to its end; null: none. */
  readonly unwritten: UnwrittenEvents | null;
}

/** 1970: an instant that every reader of file times takes for very old. */
const neverPolled = 0;

export function runFilePath(dataDir: string): string {
  return join(dataDir, 'agent.json');
}

/** Null: missing or invalid. */
export function readRunFile(dataDir: string): RunFile | null {
  try {
    return runFileShape().parse(JSON.parse(readRegularText(runFilePath(dataDir), largest)));
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
  return run === null || run.cleanStop || !isRunning(run.pid) ? null : run;
}

/** The end of the last poll, also of a file with invalid content. Null: never; undefined: no file. */
export function heartbeatIn(dataDir: string): EpochMs | null | undefined {
  const file = statSync(runFilePath(dataDir), { throwIfNoEntry: false });
  if (file === undefined) return undefined;
  return file.mtimeMs === neverPolled ? null : Math.round(file.mtimeMs);
}

/** Call it before taking the lock, which overwrites the file. */
export function previousRun(dataDir: string): PreviousRun | null {
  const { run, lastPollAt } = lastRun(dataDir);
  if (run === null) return null;
  const { startedAt, cleanStop, quickDeaths, unwritten } = run;
  return { startedAt: fromIso(startedAt), lastPollAt, cleanStop, quickDeaths, unwritten };
}

/** The last run, from `agent.json` or from the spare record, which exists only while it is the newer one. */
export function lastRun(dataDir: string): { run: RunFile | null; lastPollAt: EpochMs | null } {
  const spare = readSpareRecord(dataDir);
  const spareRun = runFileShape().safeParse(spare?.run);
  if (spare !== null && spareRun.success) return { run: spareRun.data, lastPollAt: spare.lastPollAt };
  const mtime = modifiedAt(runFilePath(dataDir));
  return {
    run: mtime === null ? null : readRunFile(dataDir),
    lastPollAt: mtime === neverPolled ? null : mtime,
  };
}

/** Null: the file is missing, or its folder can't be read. */
function modifiedAt(path: string): number | null {
  try {
    return Math.round(statSync(path).mtimeMs);
  } catch {
    return null;
  }
}

/**
 * Replaces the file in one step: a reader sees the old or the new one. Its modification time is a contract:
 * the end of the last poll. A run that starts, waits, stops or crashes without a poll must not change that
 * time.
 *
 * Without space or permission for a new file, it overwrites the old one, and else writes a spare record. So
 * the back-off and a clean stop are kept also then. False: only the spare record was written.
 */
export function writeRunFile(dataDir: string, run: RunFile, lastPollAt: EpochMs | null): boolean {
  const path = runFilePath(dataDir);
  const content = `${JSON.stringify(run)}\n`;
  try {
    try {
      writeAtomicFile(path, content, {
        durable: true,
        beforeRename: (temporary) => setMtime(temporary, lastPollAt ?? neverPolled),
      });
    } catch (error) {
      if (!isRefused(error) || !existsSync(path)) throw error;
      overwrite(path, content);
      setMtime(path, lastPollAt ?? neverPolled);
    }
  } catch (error) {
    if (!isRefused(error)) throw error;
    writeSpareRecord({ dataDir, run, lastPollAt });
    return false;
  }
  deleteSpareRecord(dataDir);
  return true;
}

/** The unit in which file systems allocate space. */
const block = 4096;

/**
 * Overwrites an existing file in one write, within the space that it has. Spaces fill up the old length. It
 * fails on a full file system that copies blocks.
 */
function overwrite(path: string, content: string): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(file);
    const padded = Buffer.from(content.padEnd(size));
    if (!fstatSync(file).isFile() || padded.length > Math.ceil(size / block) * block)
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    writeSync(file, padded, 0, padded.length, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Records the end of a poll as the file's mtime, without writing data. False: it must be written. */
export function touchRunFile(dataDir: string, now: EpochMs): boolean {
  try {
    setMtime(runFilePath(dataDir), now);
    return true;
  } catch (error) {
    if (isRefused(error) || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return false;
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
    unwritten: null,
    ...kept,
  };
}
