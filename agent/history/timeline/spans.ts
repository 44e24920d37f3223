import type { EpochMs } from '../../shared/time.ts';
import type { Lane, Span } from './timeline-shape.ts';

/** From this moment on it is so, until the next change. */
export interface Change {
  readonly at: EpochMs;
  readonly state: number;
}

/** An interval that is to be seen on top of what was drawn. */
export interface Cover {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly state: number;
}

/** Changes in the order of time; of several at one moment the last one holds. Nothing is known before the first. */
export function spansOf(changes: readonly Change[], until: EpochMs): Span[] {
  const sorted = changes.toSorted((one, other) => one.at - other.at);
  const spans: Span[] = [];
  for (const [index, { at, state }] of sorted.entries()) {
    const to = Math.min(sorted[index + 1]?.at ?? until, until);
    if (to > at) append(spans, [at, to, state]);
  }
  return spans;
}

/**
 * Covers lie on top of the spans; where two overlap, the one that began earlier holds. Only what was drawn is covered: nothing
 * grows at its ends.
 */
export function covered(spans: readonly Span[], covers: readonly Cover[]): Span[] {
  const pieces = disjoint(covers);
  const result: Span[] = [];
  let next = 0;
  for (const [start, end, under] of spans) {
    let at = start;
    for (; next < pieces.length; next++) {
      const piece = pieces[next];
      if (piece === undefined || piece.from >= end) break;
      const [from, to] = [Math.max(piece.from, at), Math.min(piece.to, end)];
      if (to > from) {
        if (from > at) append(result, [at, from, under]);
        append(result, [from, to, piece.state]);
        at = to;
      }
      // It may reach into the next span.
      if (piece.to > end) break;
    }
    if (at < end) append(result, [at, end, under]);
  }
  return result;
}

function disjoint(covers: readonly Cover[]): Cover[] {
  let end = Number.NEGATIVE_INFINITY;
  return covers
    .toSorted((one, other) => one.from - other.from)
    .flatMap((cover) => {
      const from = Math.max(cover.from, end);
      end = Math.max(end, cover.to);
      return cover.to > from ? [{ ...cover, from }] : [];
    });
}

/** Neighbours in the same state are one. */
function append(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last !== undefined && last[1] === span[0] && last[2] === span[2])
    spans[spans.length - 1] = [last[0], span[1], span[2]];
  else spans.push(span);
}

/** A lane whose states are named by keys. */
export function laneOf<Key extends string>(
  lane: Pick<Lane, 'name' | 'about'>,
  states: Readonly<Record<Key, Lane['states'][number]>>,
  draw: (index: (key: Key) => number) => Span[],
): Lane {
  const keys = Object.keys(states);
  const spans = draw((key) => keys.indexOf(key));
  return { ...lane, states: Object.values(states), spans };
}
