import type { EpochMs } from '../../shared/time.ts';
import { type StateByKey, type StateKey, stateByKey } from '../../store/state-keys.ts';
import type { EventRow, IssueRow, SyncRow } from '../../store/store.ts';
import { type History, instantOf } from '../history.ts';

/** An event, and when it happened. */
export interface Happened {
  readonly at: EpochMs;
  /** Which of all events it is. */
  readonly index: number;
  readonly row: EventRow;
}

/** What lanes are drawn from. `from` and `to`: the time that the history is about. */
export interface LaneInput {
  readonly events: readonly Happened[];
  readonly issues: readonly IssueRow[];
  readonly sync: readonly SyncRow[];
  readonly state: StateByKey;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * Null when nothing happened yet. The history goes to its last event, or to `lastLookAt`: what came after nobody saw. It begins
 * with its first event, since older cycles and issues are only told of in what is left of it.
 */
export function laneInput(history: History, lastPollAt: EpochMs | null): LaneInput | null {
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
  return { ...history, events, state, from, to };
}

/** The value of a key of v_state; empty when it is not there. */
export function presentValue(input: Pick<LaneInput, 'state'>, key: StateKey): string {
  return input.state.get(key)?.value ?? '';
}
