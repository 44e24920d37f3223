import type { Iso } from '../shared/time.ts';

/** What `agent.json` says of the agent's own use. No more than once an hour, so `measuredAt` may be as old as that. */
export interface OwnUseRecord {
  readonly measuredAt: Iso;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly cpuSecondsPerHour: number | null;
  readonly rowsPerHour: number | null;
  readonly rowsWritten: number;
  readonly lastLookMilliseconds: number;
  /** Which limits it is over, one phrase each; empty: none. */
  readonly over: readonly string[];
}

/** The last time that the agent restarted itself, and why. Handed on from run to run. */
export interface SelfRestartRecord {
  readonly at: Iso;
  readonly because: string;
}
