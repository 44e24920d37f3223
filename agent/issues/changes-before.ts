import type { DetectorInput } from '../detect/detector.ts';
import type { Json } from '../shared/event.ts';
import { type EpochMs, hour, toIso } from '../shared/time.ts';

/** How long before an issue a change can still explain it. */
const related = 24 * hour;

/** The changes shortly before `at`, for the helpdesk's "what changed?". Newest first. */
export function changesBefore({ memory }: DetectorInput, at: EpochMs): Json[] {
  return memory.changes
    .filter((change) => change.at <= at && at - change.at <= related)
    .reverse()
    .map((change) => ({ kind: change.kind, at: toIso(change.at), from: change.from, to: change.to }));
}
