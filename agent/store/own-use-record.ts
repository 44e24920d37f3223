import type { Iso } from '../shared/time.ts';

/** The agent's own use, in `agent.json`. Written at most once an hour. */
export interface OwnUseRecord {
  readonly measuredAt: Iso;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly cpuSecondsPerHour: number | null;
  readonly rowsPerHour: number | null;
  readonly rowsWritten: number;
  readonly lastLookMilliseconds: number;
  /** The exceeded limits, one phrase each. */
  readonly over: readonly string[];
}

/** The agent's last restart of itself. Each run copies it from the run before. */
export interface SelfRestartRecord {
  readonly at: Iso;
  readonly because: string;
}
