import { type LaneInput, presentValue } from './lane-input.ts';
import { type Change, type Cover, covered, laneOf, spansOf } from './spans.ts';
import type { Lane } from './timeline-shape.ts';
import { unknownTimes } from './unknown-times.ts';

const states = {
  complete: { name: 'registered', tone: 'good' },
  device: { name: 'only the device is registered', tone: 'bad' },
  none: { name: 'not registered', tone: 'bad' },
  removed: { name: 'not set up', tone: 'notice' },
  unknown: { name: 'unknown', tone: 'unknown' },
} as const;
type State = keyof typeof states;

export function registrationLane(input: LaneInput): Lane {
  const about = 'Whether this Mac and its user were registered with the identity provider.';
  return laneOf({ name: 'Registration', about }, states, (state) => {
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
  const without = new Set<string>([states.device.name, states.none.name, states.removed.name]);
  return lane.spans
    .filter(([, , which]) => without.has(lane.states[which]?.name ?? ''))
    .map(([from, to]) => ({ from, to, state }));
}
