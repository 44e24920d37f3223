import { type LaneInput, presentValue } from './lane-input.ts';
import { type Change, type Cover, covered, laneOf, spansOf } from './spans.ts';
import type { Lane } from './timeline-shape.ts';
import { unknownTimes } from './unknown-times.ts';

const tones = {
  complete: 'good',
  device: 'bad',
  none: 'bad',
  removed: 'notice',
  unknown: 'unknown',
} as const;
type State = keyof typeof tones;

export function registrationLane(input: LaneInput): Lane {
  return laneOf(input.words.registration, tones, (state) => {
    const changes: Change[] = [];
    let before: State | null = null;
    for (const { at, row } of input.events) {
      if (row.kind === 'registration-lost' || row.kind === 'registration-completed') {
        before ??= stateOf(row.from_state);
        changes.push({ at, state: state(stateOf(row.to_state)) });
      } else if (row.kind === 'psso-removed') {
        before ??= 'unknown';
        changes.push({ at, state: state('removed') });
      } else if (row.kind === 'psso-configured') {
        before ??= 'removed';
        changes.push({ at, state: state('none') });
      } else if (row.kind === 're-registered') before ??= 'complete';
    }
    const first = { at: input.from, state: state(before ?? presentState(input)) };
    return covered(spansOf([first, ...changes], input.to), unknownTimes(input, state('unknown')));
  });
}

function stateOf(registration: string): State {
  return registration === 'complete' || registration === 'device' || registration === 'none'
    ? registration
    : 'unknown';
}

function presentState(input: LaneInput): State {
  if (presentValue(input, 'app-sso') === 'notConfigured') return 'removed';
  return stateOf(presentValue(input, 'registration'));
}

/** The times without a registration, in which no tokens are valid. */
export function unregisteredTimes(input: LaneInput, state: number): Cover[] {
  const lane = registrationLane(input);
  const keys = Object.keys(tones);
  const without = (['device', 'none', 'removed'] satisfies State[]).map((state) => keys.indexOf(state));
  return lane.spans
    .filter(([, , which]) => without.includes(which))
    .map(([from, to]) => ({ from, to, state }));
}
