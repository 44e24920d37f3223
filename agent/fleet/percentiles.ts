import * as z from 'zod/mini';

const count = z.int();

/** Seconds, by nearest rank; `n`: the number of values. */
export const percentiles = z.object({
  n: count,
  p50: count,
  p75: count,
  p90: count,
  p95: count,
  p99: count,
  most: count,
});
export type Percentiles = z.infer<typeof percentiles>;
