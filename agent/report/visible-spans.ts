import type { Lane, Span, Tone } from '../history/timeline/timeline-shape.ts';

/** Tones with a higher rank are drawn later, on top. */
const rank: Readonly<Record<Tone, number>> = { quiet: 0, good: 1, unknown: 2, notice: 3, bad: 4 };

/**
 * The spans of a lane between `from` and `to`, at most as many as `pixels` can show. Joins spans that are
 * narrower than a pixel, in the state with the highest rank, so that a bad minute in a good year stays
 * visible. Sorted by rank.
 */
export function visibleSpans(
  lane: Pick<Lane, 'spans' | 'states'>,
  { from, to, pixels }: { readonly from: number; readonly to: number; readonly pixels: number },
): Span[] {
  const { spans, states } = lane;
  const pixel = (to - from) / Math.max(1, pixels);
  const rankOf = (state: number) => rank[states[state]?.tone ?? 'unknown'];
  const visible: Span[] = [];
  let together: Span | null = null;
  const flush = () => {
    if (together !== null) visible.push(together);
    together = null;
  };
  for (let index = firstAfter(spans, from); index < spans.length; index++) {
    const span = spans[index];
    if (span === undefined || span[0] > to) break;
    const [begin, end, state] = span;
    if (end - begin >= pixel) {
      flush();
      visible.push(span);
      continue;
    }
    if (together !== null && (begin > together[1] || end - together[0] >= pixel)) flush();
    const worse: number = together === null || rankOf(state) > rankOf(together[2]) ? state : together[2];
    together = [together?.[0] ?? begin, end, worse];
  }
  flush();
  return visible.sort((one, other) => rankOf(one[2]) - rankOf(other[2]));
}

/** The first of the sorted spans that ends after this instant. */
function firstAfter(spans: readonly Span[], from: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.[1] ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The indices of the instants between `from` and `to`, at most one a pixel. */
export function visibleMoments(
  instants: readonly number[],
  { from, to, pixels }: { readonly from: number; readonly to: number; readonly pixels: number },
): number[] {
  const pixel = (to - from) / Math.max(1, pixels);
  const taken = new Map<number, number>();
  for (const [index, at] of instants.entries()) {
    if (at < from || at > to) continue;
    taken.set(pixel === 0 ? 0 : Math.floor((at - from) / pixel), index);
  }
  return [...taken.values()];
}
