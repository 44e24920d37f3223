import { expect, test } from 'vitest';
import { ValueCounts } from '../../agent/fleet/value-counts.ts';

/** By nearest rank over all values. */
function expected(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return {
    n: values.length,
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    most: at(1),
  };
}

test('percentiles are those of all values, in any order', () => {
  for (const size of [1, 2, 3, 100, 1023, 1024, 5000]) {
    const values = Array.from({ length: size }, (_, index) => (index * 7919) % 3001);
    const counts = new ValueCounts();
    for (const value of values) counts.add(value);
    expect(counts.percentiles()).toEqual(expected(values));
    // Asked again, and with more values.
    counts.add(-5);
    expect(counts.percentiles()).toEqual(expected([...values, -5]));
  }
});

test('no values have no percentiles', () => {
  expect(new ValueCounts().percentiles()).toBeNull();
});
