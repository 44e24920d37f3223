import { type EpochMs, minute } from '../shared/time.ts';

/** A run that polled for this long is not part of a crash loop. Milliseconds. */
const longEnough = 10 * minute;

/** The number of quick deaths in a row before the run that starts now. */
export function quickDeathsBefore(
  previous: {
    readonly startedAt: EpochMs;
    readonly lastPollAt: EpochMs | null;
    readonly cleanStop: boolean;
    readonly quickDeaths: number;
  } | null,
): number {
  if (previous === null || previous.cleanStop) return 0;
  // Zero or negative when that run did not poll: its last poll is then from an earlier run.
  const lived = (previous.lastPollAt ?? previous.startedAt) - previous.startedAt;
  return lived < longEnough ? previous.quickDeaths + 1 : 0;
}
