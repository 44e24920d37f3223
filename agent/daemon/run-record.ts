import type { EpochMs } from '../shared/time.ts';
import type { PreviousRun, UnwrittenEvents } from '../store/run-file.ts';

export type { PreviousRun } from '../store/run-file.ts';

/** The run record, `agent.json`. The next run detects a crash and a gap from it. */
export interface RunRecord {
  readonly previous: PreviousRun | null;
  /** The heartbeat: a poll ended at this instant. Changes only the file's modification time. */
  beat(now: EpochMs): void;
  /** Records a clean stop, and the events that could not be written; null: none. */
  end(unwritten: UnwrittenEvents | null): void;
}
