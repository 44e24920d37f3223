import type { ElapsedTime } from '../../detect/elapsed-time.ts';
import { hour, second } from '../../shared/time.ts';
import type { OwnUseLimits } from './limits.ts';

/** What one look found the agent itself to use. */
export interface Measurement {
  readonly rssBytes: number;
  /** What V8 holds. macOS compresses pages that are seldom used, and a leak then hides from `rssBytes`. */
  readonly heapBytes: number;
  /** Since the start of the process: user and system, without its children. */
  readonly cpuMilliseconds: number;
  /** Since the database was opened. */
  readonly rowsWritten: number;
  readonly pollMilliseconds: number;
}

/** What a run knows of its own use. */
export interface OwnUse {
  /** Null: this look could not be measured. */
  readonly latest: Measurement | null;
  /** Milliseconds certainly awake: in this run, and since the last break. */
  readonly awake: number;
  readonly awakeInARow: number;
  readonly pollsInARow: number;
  readonly pollsOverMemory: number;
  /** What is being counted. */
  readonly counted: { readonly awake: number; readonly cpuMilliseconds: number; readonly rows: number };
  /** What was counted last; null: not long enough yet. */
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

/** macOS's and V8's view of the same memory: the larger one counts. */
export function memoryOf({ rssBytes, heapBytes }: Pick<Measurement, 'rssBytes' | 'heapBytes'>): number {
  return Math.max(rssBytes, heapBytes);
}

/**
 * What is known after a look. `passage` is how the time since the look before was spent, null where that isn't known. Time in
 * which the Mac slept, the clock jumped or nobody watched is a break: it counts for nothing, in any direction.
 */
export function afterPoll(
  before: OwnUse,
  latest: Measurement | null,
  elapsedTime: ElapsedTime | null,
  limits: Pick<OwnUseLimits, 'memoryBytes' | 'countedFor'>,
): OwnUse {
  const whole =
    elapsedTime !== null &&
    elapsedTime.awake > 0 &&
    !elapsedTime.slept &&
    !elapsedTime.rebooted &&
    !elapsedTime.newRun &&
    elapsedTime.clockShift === 0;
  if (!whole || latest === null)
    return { ...before, latest, awakeInARow: 0, pollsInARow: 0, pollsOverMemory: 0 };
  const known = {
    ...before,
    latest,
    awake: before.awake + elapsedTime.awake,
    awakeInARow: before.awakeInARow + elapsedTime.awake,
    pollsInARow: before.pollsInARow + 1,
    pollsOverMemory: memoryOf(latest) > limits.memoryBytes ? before.pollsOverMemory + 1 : 0,
  };
  // Without a measurement to compare with, nothing can be said of this stretch.
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
