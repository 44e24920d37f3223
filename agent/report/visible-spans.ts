import type { Lane, Span, Tone } from '../history/timeline/timeline-shape.ts';

/** What must not be overlooked comes last, and is drawn on top. */
const rank: Readonly<Record<Tone, number>> = { quiet: 0, good: 1, unknown: 2, notice: 3, bad: 4 };

/**
 * The spans of a lane between `from` and `to`, thinned to what so many pixels can show: spans narrower than a pixel are put
 * together, in the state that most needs to be seen. A bad minute in a good year is never lost. What must not be overlooked
 * comes last.
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

/** The first span that ends after this moment: spans are sorted. */
function firstAfter(spans: readonly Span[], from: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.[1] ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Of moments, the indices of those between `from` and `to`, at most one a pixel. */
export function visibleMoments(
  moments: readonly number[],
  { from, to, pixels }: { readonly from: number; readonly to: number; readonly pixels: number },
): number[] {
  const pixel = (to - from) / Math.max(1, pixels);
  const taken = new Map<number, number>();
  for (const [index, at] of moments.entries()) {
    if (at < from || at > to) continue;
    taken.set(pixel === 0 ? 0 : Math.floor((at - from) / pixel), index);
  }
  return [...taken.values()];
}
