import { detailOf, instantOf } from '../history.ts';
import { type LaneInput, presentValue } from './lane-input.ts';
import { unregisteredTimes } from './registration-lane.ts';
import { type Change, covered, laneOf, spansOf } from './spans.ts';
import type { Lane } from './timeline-shape.ts';
import { unknownTimes } from './unknown-times.ts';

const tones = {
  valid: 'good',
  expired: 'bad',
  unregistered: 'quiet',
  unknown: 'unknown',
} as const;

/** Whether the sign-in tokens were valid. Tokens of Entra are valid for 14 days without a refresh. */
export function tokensLane(input: LaneInput): Lane {
  return laneOf(input.words.tokens, tones, (state) => {
    const changes: Change[] = [];
    for (const { at, row } of input.events) {
      if (row.kind === 'token-expired') changes.push({ at, state: state('expired') });
      else if (row.kind === 'token-refreshed' || row.kind === 'password-synced')
        changes.push({ at: receivedAt(detailOf(row), at), state: state('valid') });
    }
    // An event about tokens implies earlier tokens; without one, the present state decides.
    const had = changes.length > 0 || presentValue(input, 'last-confirmed-good') !== '';
    const first = { at: input.from, state: state(had ? 'valid' : 'unknown') };
    const expires = instantOf(presentValue(input, 'tokens-expire-at'));
    if (had && expires !== null && expires > input.from && expires < input.to)
      changes.push({ at: expires, state: state('expired') });
    const spans = covered(
      spansOf([first, ...changes], input.to),
      unregisteredTimes(input, state('unregistered')),
    );
    return covered(spans, unknownTimes(input, state('unknown')));
  });
}

function receivedAt(detail: Readonly<Record<string, unknown>>, otherwise: number): number {
  return Math.min(instantOf(detail.receivedAt) ?? otherwise, otherwise);
}
