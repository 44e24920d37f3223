import type { EpochMs } from '../shared/time.ts';
import type { PreviousRun } from '../store/run-file.ts';

export type { PreviousRun } from '../store/run-file.ts';

/** The trace a run leaves beside the database, so that the next one can tell a crash and a gap. */
export interface RunRecord {
  readonly previous: PreviousRun | null;
  /** A look ended at this instant. Costs no write of data. */
  beat(now: EpochMs): void;
  /** Stopped in order. */
  end(): void;
}
