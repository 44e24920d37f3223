import type { Percentiles } from './percentiles.ts';

/**
 * Numbers of which only percentiles are asked. It keeps each different number once, with how often it was
 * added: the token cycles of a large fleet share a few thousand lags.
 */
export class ValueCounts {
  readonly #counts = new Map<number, number>();

  add(value: number): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  /** By nearest rank, so each figure is a measured value. Null: no values. */
  percentiles(): Percentiles | null {
    const sorted = [...this.#counts].sort(([one], [other]) => one - other);
    const n = sorted.reduce((sum, [, count]) => sum + count, 0);
    if (n === 0) return null;
    const at = (share: number) => atRank(sorted, Math.max(1, Math.ceil(share * n)));
    return {
      n,
      p50: at(0.5),
      p75: at(0.75),
      p90: at(0.9),
      p95: at(0.95),
      p99: at(0.99),
      most: at(1),
    };
  }
}

function atRank(sorted: readonly (readonly [value: number, count: number])[], rank: number): number {
  let before = 0;
  const found = sorted.find(([, count]) => {
    before += count;
    return before >= rank;
  });
  return found?.[0] ?? 0;
}
