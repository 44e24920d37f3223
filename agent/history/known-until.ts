import { durationText } from '../shared/duration-text.ts';
import { localTime } from '../shared/local-time.ts';
import { type EpochMs, fromIso, isFresh, toIso } from '../shared/time.ts';
import { previousRun, runningAgent } from '../store/run-file.ts';
import type { IssueRow, StoreReader } from '../store/store.ts';

/** The end of the known history: now while an agent watches, or else the last poll. */
export function knownUntil(reader: StoreReader, dataDir: string, now: EpochMs): EpochMs {
  const polled = previousRun(dataDir)?.lastPollAt ?? null;
  const newest = reader.events({ last: 1 }).at(0)?.at;
  const until = polled ?? (newest === undefined ? now : fromIso(newest));
  return isFresh(until, now, runningAgent(dataDir) !== null) ? now : until;
}

/** The duration of an issue, as far as the history reaches. */
export function openFor({ status, opened_at, open_seconds }: IssueRow, until: EpochMs): string {
  const known = (until - fromIso(opened_at)) / 1000;
  return durationText(
    status === 'open' ? Math.max(0, Math.min(Number(open_seconds), known)) : Number(open_seconds),
  );
}

/** A sentence about the end of the history; null: the agent watches. */
export function endOfHistory(until: EpochMs, now: EpochMs): string | null {
  return until === now
    ? null
    : `The history ends at ${localTime(toIso(until))}; the state since then is unknown.`;
}
