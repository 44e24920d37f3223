import type { EpochMs } from '../../shared/time.ts';
import type { Lane, Span, Tone } from './timeline-shape.ts';

/** The state from this time until the next change. */
export interface Change {
  readonly at: EpochMs;
  readonly state: number;
}

/** An interval that covers the spans below it. */
export interface Cover {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly state: number;
}

/** Turns changes into spans. Of several changes at one time the last wins; nothing precedes the first. */
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
 * Draws covers over the spans. Where two covers overlap, the earlier one wins. A cover never extends beyond
 * the spans.
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
      // The piece may reach into the next span.
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

/** Appends a span, merged with a neighbour in the same state. */
function append(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last !== undefined && last[1] === span[0] && last[2] === span[2])
    spans[spans.length - 1] = [last[0], span[1], span[2]];
  else spans.push(span);
}

interface LaneWords<Key extends string> extends Pick<Lane, 'name' | 'about'> {
  readonly states: Readonly<Record<Key, string>>;
}

/** Builds a lane whose states have keys, each with its tone and its name in the words of a language. */
export function laneOf<Key extends string>(
  { name, about, states }: LaneWords<Key>,
  tones: Readonly<Record<Key, Tone>>,
  draw: (index: (key: Key) => number) => Span[],
): Lane {
  const keys: Key[] = [];
  for (const key in tones) keys.push(key);
  const spans = draw((key) => keys.indexOf(key));
  return { name, about, states: keys.map((key) => ({ name: states[key], tone: tones[key] })), spans };
}
