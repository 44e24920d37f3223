import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covered, spansOf } from '../../../agent/history/timeline/spans.ts';
import type { Lane, Span } from '../../../agent/history/timeline/timeline-shape.ts';
import { visibleMoments, visibleSpans } from '../../../agent/report/visible-spans.ts';

const changes = fc.array(fc.record({ at: fc.integer({ min: 0, max: 200 }), state: fc.nat(3) }), {
  maxLength: 30,
});
const covers = fc.array(
  fc
    .record({ from: fc.integer({ min: -20, max: 220 }), length: fc.integer({ min: 1, max: 80 }) })
    .map(({ from, length }) => ({ from, to: from + length, state: 9 })),
  { maxLength: 20 },
);

function stateAt(spans: readonly Span[], at: number): number | null {
  return spans.find(([from, to]) => from <= at && at < to)?.[2] ?? null;
}

describe('the spans of a lane', () => {
  test('each time has the state of the last change before it', () => {
    fc.assert(
      fc.property(changes, fc.integer({ min: 0, max: 199 }), (given, at) => {
        const spans = spansOf(given, 200);
        const last = given
          .filter((change) => change.at <= at)
          .sort((one, other) => one.at - other.at)
          .at(-1);
        expect(stateAt(spans, at)).toBe(last?.state ?? null);
      }),
    );
  });

  test('are sorted and disjoint, and neighbours differ', () => {
    fc.assert(
      fc.property(changes, covers, (given, over) => {
        const spans = covered(spansOf(given, 200), over);
        for (const [index, [from, to, state]] of spans.entries()) {
          expect(to).toBeGreaterThan(from);
          const next = spans[index + 1];
          if (next === undefined) continue;
          expect(next[0]).toBeGreaterThanOrEqual(to);
          if (next[0] === to) expect(next[2]).not.toBe(state);
        }
      }),
    );
  });

  test('a cover covers all spans and extends none', () => {
    fc.assert(
      fc.property(changes, covers, fc.integer({ min: -20, max: 220 }), (given, over, at) => {
        const before = spansOf(given, 200);
        const isCovered = over.some(({ from, to }) => from <= at && at < to);
        const was = stateAt(before, at);
        expect(stateAt(covered(before, over), at)).toBe(was === null ? null : isCovered ? 9 : was);
      }),
    );
  });
});

describe('the visible part of a lane', () => {
  const states: Lane['states'] = [
    { name: 'fine', tone: 'good' },
    { name: 'asleep', tone: 'quiet' },
    { name: 'broken', tone: 'bad' },
    { name: 'minor', tone: 'notice' },
  ];

  test('has at most one span a pixel, and keeps every bad one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ length: fc.integer({ min: 1, max: 50 }), state: fc.nat(3) }), {
          minLength: 1,
          maxLength: 400,
        }),
        fc.integer({ min: 5, max: 200 }),
        (lengths, pixels) => {
          let at = 0;
          const spans = lengths.map(({ length, state }): Span => {
            at += length;
            return [at - length, at, state];
          });
          const seen = visibleSpans({ spans, states }, { from: 0, to: at, pixels });
          expect(seen.length).toBeLessThanOrEqual(2 * pixels + 2);
          for (const [from, to, state] of spans)
            if (state === 2)
              expect(seen.some((one) => one[2] === 2 && one[0] <= from && one[1] >= to)).toBe(true);
        },
      ),
    );
  });

  test('keeps wide spans, and draws important ones last', () => {
    const spans: Span[] = [
      [0, 10, 2],
      [10, 20, 0],
      [20, 30, 1],
    ];
    expect(visibleSpans({ spans, states }, { from: 0, to: 30, pixels: 30 })).toEqual([
      [20, 30, 1],
      [10, 20, 0],
      [0, 10, 2],
    ]);
  });

  test('holds only spans that reach into the view', () => {
    const spans: Span[] = [
      [0, 10, 0],
      [10, 20, 1],
      [20, 30, 0],
    ];
    expect(visibleSpans({ spans, states }, { from: 12, to: 18, pixels: 30 })).toEqual([[10, 20, 1]]);
  });

  test('keeps one mark a pixel', () => {
    expect(visibleMoments([1, 2, 50, 51, 99, 150], { from: 0, to: 100, pixels: 10 })).toEqual([1, 3, 4]);
  });
});
