import { day, hour, minute } from '../../shared/time.ts';

/** What the agent may use, and when it may restart itself. Times in milliseconds. */
export interface OwnUseLimits {
  /** Bytes, and at how many looks in a row, with the Mac awake all the while. */
  readonly memoryBytes: number;
  readonly pollsOverMemory: number;
  /** Of its own, without the commands it starts. */
  readonly cpuSecondsPerHour: number;
  /** Rows of the database that were inserted or changed. */
  readonly rowsPerHour: number;
  /** For how long awake the two above are counted before they are judged. */
  readonly countedFor: number;
  /** How long, and how many looks, the Mac must have been awake without a break before a restart. */
  readonly settledFor: number;
  readonly settledPolls: number;
  /** A run that was awake for less never restarts itself. Even if all memory of restarts is lost, this slows a loop down. */
  readonly youngest: number;
  readonly atMostEvery: number;
}

/** Many times what a healthy agent uses (docs/decisions/0012-self-watch.md), and little to anybody who works on the Mac. */
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

/** From this part of a limit on it is worth a word to who asks. */
export const warnFrom = 0.75;
