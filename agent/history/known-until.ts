import { durationText } from '../shared/duration-text.ts';
import { localTime } from '../shared/local-time.ts';
import { type EpochMs, fromIso, isFresh, toIso } from '../shared/time.ts';
import { previousRun, runningAgent } from '../store/run-file.ts';
import type { IssueRow, StoreReader } from '../store/store.ts';

/** Up to when the history says how it was: now, while an agent watches, or when it last looked. */
export function knownUntil(reader: StoreReader, dataDir: string, now: EpochMs): EpochMs {
  const polled = previousRun(dataDir)?.lastPollAt ?? null;
  const newest = reader.events({ last: 1 }).at(0)?.at;
  const until = polled ?? (newest === undefined ? now : fromIso(newest));
  return isFresh(until, now, runningAgent(dataDir) !== null) ? now : until;
}

/** How long an issue is or was open, as far as is known. */
export function openFor({ status, opened_at, open_seconds }: IssueRow, until: EpochMs): string {
  const known = (until - fromIso(opened_at)) / 1000;
  return durationText(
    status === 'open' ? Math.max(0, Math.min(Number(open_seconds), known)) : Number(open_seconds),
  );
}

/** Null: it goes on. */
export function endOfHistory(until: EpochMs, now: EpochMs): string | null {
  return until === now
    ? null
    : `The history ends at ${localTime(toIso(until))}; how it has been since is not known.`;
}
