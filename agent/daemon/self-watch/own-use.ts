import type { ElapsedTime } from '../../detect/elapsed-time.ts';
import { hour, second } from '../../shared/time.ts';
import type { OwnUseLimits } from './limits.ts';

/** The agent's own use in one poll. */
export interface Measurement {
  readonly rssBytes: number;
  /** The memory of V8. macOS compresses pages that are rarely used, so `rssBytes` can hide a leak. */
  readonly heapBytes: number;
  /** Since the start of the process: user and system, without its children. */
  readonly cpuMilliseconds: number;
  /** Since the database was opened. */
  readonly rowsWritten: number;
  readonly pollMilliseconds: number;
}

/** The own use of a run up to now. */
export interface OwnUse {
  /** Null: the last poll could not be measured. */
  readonly latest: Measurement | null;
  /** Awake milliseconds in this run, and since the last break. */
  readonly awake: number;
  readonly awakeInARow: number;
  readonly pollsInARow: number;
  readonly pollsOverMemory: number;
  /** The count in progress. */
  readonly counted: { readonly awake: number; readonly cpuMilliseconds: number; readonly rows: number };
  /** The results of the last count; null: none is complete yet. */
  readonly cpuSecondsPerHour: number | null;
  readonly rowsPerHour: number | null;
}

const nothingCounted: OwnUse['counted'] = { awake: 0, cpuMilliseconds: 0, rows: 0 };

export const nothingKnown: OwnUse = {
  latest: null,
  awake: 0,
  awakeInARow: 0,
  pollsInARow: 0,
  pollsOverMemory: 0,
  counted: nothingCounted,
  cpuSecondsPerHour: null,
  rowsPerHour: null,
};

/** The larger value of macOS and V8 for the same memory. */
export function memoryOf({ rssBytes, heapBytes }: Pick<Measurement, 'rssBytes' | 'heapBytes'>): number {
  return Math.max(rssBytes, heapBytes);
}

/**
 * Advances own use by one poll. `elapsedTime`: since the previous poll; null: unknown. Sleep, a clock change,
 * and time in which the agent did not run are a break: such time is not counted.
 */
export function afterPoll(
  before: OwnUse,
  latest: Measurement | null,
  elapsedTime: ElapsedTime | null,
  limits: Pick<OwnUseLimits, 'memoryBytes' | 'countedFor'>,
): OwnUse {
  const awakeThroughout =
    elapsedTime !== null &&
    elapsedTime.awake > 0 &&
    !elapsedTime.slept &&
    !elapsedTime.rebooted &&
    !elapsedTime.newRun &&
    elapsedTime.clockShift === 0;
  if (!awakeThroughout || latest === null)
    return { ...before, latest, awakeInARow: 0, pollsInARow: 0, pollsOverMemory: 0 };
  const known = {
    ...before,
    latest,
    awake: before.awake + elapsedTime.awake,
    awakeInARow: before.awakeInARow + elapsedTime.awake,
    pollsInARow: before.pollsInARow + 1,
    pollsOverMemory: memoryOf(latest) > limits.memoryBytes ? before.pollsOverMemory + 1 : 0,
  };
  // The totals need an earlier measurement to compare with.
  if (before.latest === null) return known;
  const counted = {
    awake: before.counted.awake + elapsedTime.awake,
    cpuMilliseconds: before.counted.cpuMilliseconds + latest.cpuMilliseconds - before.latest.cpuMilliseconds,
    rows: before.counted.rows + latest.rowsWritten - before.latest.rowsWritten,
  };
  if (counted.awake < limits.countedFor) return { ...known, counted };
  const perHour = hour / counted.awake;
  return {
    ...known,
    counted: nothingCounted,
    cpuSecondsPerHour: (counted.cpuMilliseconds / second) * perHour,
    rowsPerHour: counted.rows * perHour,
  };
}
