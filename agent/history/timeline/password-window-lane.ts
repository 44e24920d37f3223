import { dueAge } from '../../detect/token-cycle.ts';
import { detailOf, instantOf } from '../history.ts';
import { type LaneInput, presentValue } from './lane-input.ts';
import { unregisteredTimes } from './registration-lane.ts';
import { type Change, type Cover, covered, laneOf, spansOf } from './spans.ts';
import type { Lane } from './timeline-shape.ts';
import { unknownTimes } from './unknown-times.ts';

const tones = {
  fresh: 'good',
  due: 'quiet',
  overdue: 'bad',
  pending: 'notice',
  suspended: 'quiet',
  unknown: 'unknown',
} as const;

/**
 * Whether the work password was confirmed within the last four hours. null: the local password is independent
 * of it (Secure Enclave key, smart card), or it is unknown how the method treats it.
 */
export function passwordWindowLane(input: LaneInput): Lane | null {
  const received = confirmations(input);
  if (received.length === 0 || presentValue(input, 'password-window') === 'notApplicable') return null;
  if (presentValue(input, 'method-not-understood') !== '') return null;
  return laneOf(input.words.passwordWindow, tones, (state) => {
    const changes: Change[] = [{ at: input.from, state: state('unknown') }];
    for (const [index, at] of received.entries()) {
      changes.push({ at: Math.max(at, input.from), state: state('fresh') });
      const due = at + dueAge;
      const next = received[index + 1];
      if (due >= input.from && (next === undefined || due < next))
        changes.push({ at: due, state: state('due') });
    }
    let spans = spansOf(changes, input.to);
    spans = covered(spans, overdueTimes(input, received, state('overdue')));
    spans = covered(spans, pendingTimes(input, state('pending')));
    spans = covered(spans, unregisteredTimes(input, state('suspended')));
    return covered(spans, unknownTimes(input, state('unknown')));
  });
}

/** The times of received tokens, the oldest first. */
function confirmations({ events, sync, state }: LaneInput): number[] {
  const found = [instantOf(state.get('last-confirmed-good')?.value)];
  for (const { row } of events) {
    if (row.kind !== 'token-refreshed' && row.kind !== 'password-synced') continue;
    const { receivedAt, previousReceivedAt } = detailOf(row);
    found.push(instantOf(receivedAt), instantOf(previousReceivedAt));
  }
  for (const row of sync) found.push(instantOf(row.stale_from), instantOf(row.refreshed_at));
  const known = found.filter((at) => at !== null);
  return [...new Set(known)].sort((one, other) => one - other);
}

function overdueTimes({ events, to }: LaneInput, received: readonly number[], state: number): Cover[] {
  let next = 0;
  const overdue = events.filter(({ row }) => row.kind === 'sync-window-overdue');
  return overdue.map(({ at }) => {
    while (next < received.length && (received[next] ?? 0) <= at) next++;
    return { from: at, to: received[next] ?? to, state };
  });
}

function pendingTimes({ events, to }: LaneInput, state: number): Cover[] {
  const covers: Cover[] = [];
  let since: number | null = null;
  for (const { at, row } of events) {
    if (row.kind === 'prompt-pending') since ??= at;
    else if (row.kind === 'prompt-cleared' && since !== null) {
      covers.push({ from: since, to: at, state });
      since = null;
    }
  }
  if (since !== null) covers.push({ from: since, to, state });
  return covers;
}
