import type { Percentiles } from './percentiles.ts';

/** At least so many values are sorted at once. */
const leastFresh = 1024;

/**
 * Numbers of which only percentiles are asked. It keeps each different number once, with how often it was
 * added: the token cycles of a large fleet share few thousand lags.
 */
export class ValueCounts {
  #values = new Float64Array(0);
  #counts = new Uint32Array(0);
  #fresh: number[] = [];

  add(value: number): void {
    this.#fresh.push(value);
    if (this.#fresh.length >= Math.max(leastFresh, this.#values.length)) this.#merge();
  }

  /** By nearest rank, so each figure is a measured value. Null: no values. */
  percentiles(): Percentiles | null {
    this.#merge();
    const n = this.#counts.reduce((sum, count) => sum + count, 0);
    if (n === 0) return null;
    const at = (share: number) => this.#atRank(Math.max(1, Math.ceil(share * n)));
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

  #atRank(rank: number): number {
    let before = 0;
    const index = this.#counts.findIndex((count) => {
      before += count;
      return before >= rank;
    });
    return this.#values[index] ?? 0;
  }

  #merge(): void {
    if (this.#fresh.length === 0) return;
    const [values, counts] = [this.#values, this.#counts];
    const fresh = Float64Array.from(this.#fresh).sort();
    const merged = new Float64Array(values.length + fresh.length);
    const mergedCounts = new Uint32Array(merged.length);
    let size = 0;
    const append = (value: number, count: number) => {
      if (size === 0 || merged[size - 1] !== value) merged[size++] = value;
      mergedCounts[size - 1] = (mergedCounts[size - 1] ?? 0) + count;
    };
    let known = 0;
    for (const value of fresh) {
      for (; known < values.length && (values[known] ?? 0) <= value; known++)
        append(values[known] ?? 0, counts[known] ?? 0);
      append(value, 1);
    }
    for (; known < values.length; known++) append(values[known] ?? 0, counts[known] ?? 0);
    this.#values = merged.slice(0, size);
    this.#counts = mergedCounts.slice(0, size);
    this.#fresh = [];
  }
}
