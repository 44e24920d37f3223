import type { Percentiles } from './percentiles.ts';
import { ValueCounts } from './value-counts.ts';

/** By nearest rank, so each figure is a measured value. Null: no values. */
export function percentilesOf(values: readonly number[]): Percentiles | null {
  const counts = new ValueCounts();
  for (const value of values) counts.add(value);
  return counts.percentiles();
}

/** Adds one to the count of a key. */
export function countIn(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The most frequent first, then by key. */
export function mostFirst(counts: ReadonlyMap<string, number>): [key: string, count: number][] {
  return [...counts].sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1));
}
