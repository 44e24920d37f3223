import type { EpochMs } from '../shared/time.ts';

/** Both ends are included; a missing one has no limit. */
export interface Range {
  readonly since?: EpochMs;
  readonly until?: EpochMs;
}
