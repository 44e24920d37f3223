import { day, hour, minute } from '../../shared/time.ts';

/** The limits of the agent's own use, and of its restarts. Times in milliseconds. */
export interface OwnUseLimits {
  /** Bytes, and the number of polls in a row over them, with the Mac awake. */
  readonly memoryBytes: number;
  readonly pollsOverMemory: number;
  /** Without the commands that the agent starts. */
  readonly cpuSecondsPerHour: number;
  /** Inserted or changed rows of the database. */
  readonly rowsPerHour: number;
  /** Awake time over which processor time and rows are counted. */
  readonly countedFor: number;
  /** Awake time and polls without a break that a restart needs. */
  readonly settledFor: number;
  readonly settledPolls: number;
  /**
   * A younger run, by awake time, never restarts itself. This slows a loop down even without a run record.
   */
  readonly youngest: number;
  readonly atMostEvery: number;
}

/** Many times the use of a healthy agent (docs/decisions/0012-self-watch.md). */
export const ownUseLimits: OwnUseLimits = {
  memoryBytes: 200_000_000,
  pollsOverMemory: 6,
  // 5 % of one processor.
  cpuSecondsPerHour: 180,
  rowsPerHour: 2_000,
  countedFor: hour,
  settledFor: 15 * minute,
  settledPolls: 3,
  youngest: hour,
  atMostEvery: day,
};

/** `doctor` warns from this part of a limit on. */
export const warnFrom = 0.75;
