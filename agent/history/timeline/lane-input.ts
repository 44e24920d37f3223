import type { EpochMs } from '../../shared/time.ts';
import { type StateByKey, type StateKey, stateByKey } from '../../store/state-keys.ts';
import type { EventRow, IssueRow, SyncRow } from '../../store/store.ts';
import type { TimelineTexts } from '../../texts/report-texts.ts';
import { type History, instantOf } from '../history.ts';

/** An event with its time. */
export interface Happened {
  readonly at: EpochMs;
  /** The index in `History.events`. */
  readonly index: number;
  readonly row: EventRow;
}

/** The input of the lanes. `from` and `to`: the time that the timeline covers. */
export interface LaneInput {
  readonly events: readonly Happened[];
  readonly issues: readonly IssueRow[];
  readonly sync: readonly SyncRow[];
  readonly state: StateByKey;
  readonly words: TimelineTexts;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * null: there is no event. The timeline begins with the first event, since older events of cycles and issues
 * were deleted. It ends at the last event or at the last poll.
 */
export function laneInput(
  history: History,
  lastPollAt: EpochMs | null,
  words: TimelineTexts,
): LaneInput | null {
  const events = history.events.flatMap((row, index) => {
    const at = instantOf(row.at);
    return at === null ? [] : [{ at, index, row }];
  });
  const [first] = events;
  if (first === undefined) return null;
  let [from, to] = [first.at, Math.max(first.at, lastPollAt ?? 0)];
  for (const { at } of events) {
    if (at < from) from = at;
    if (at > to) to = at;
  }
  const state = stateByKey(history.state);
  return { ...history, events, state, words, from, to };
}

/** The value of a key of v_state; empty when it is not there. */
export function presentValue(input: Pick<LaneInput, 'state'>, key: StateKey): string {
  return input.state.get(key)?.value ?? '';
}
