import { type EpochMs, minute } from '../shared/time.ts';

/** A run that was seen alive for this long did its work; what ended it is no crash loop. Milliseconds. */
const longEnough = 10 * minute;

/** How many runs in a row ended badly and soon, before the one that starts now. */
export function quickDeathsBefore(
  previous: {
    readonly startedAt: EpochMs;
    readonly lastPollAt: EpochMs | null;
    readonly cleanStop: boolean;
    readonly quickDeaths: number;
  } | null,
): number {
  if (previous === null || previous.cleanStop) return 0;
  // A run that never looked lived for nothing: its last look, if there is one, was another run's.
  const lived = (previous.lastPollAt ?? previous.startedAt) - previous.startedAt;
  return lived < longEnough ? previous.quickDeaths + 1 : 0;
}
