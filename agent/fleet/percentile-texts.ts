import type { Percentiles } from './percentiles.ts';

/** The median, 75 %, 90 %, 95 %, 99 % and the longest. A percentile of too few values is `–`. */
export function percentileTexts(of: Percentiles, text: (seconds: number) => string): string[] {
  const { n, p50, p75, p90, p95, p99, most } = of;
  const enough = (least: number, value: number) => (n < least ? '–' : text(value));
  return [text(p50), enough(4, p75), enough(10, p90), enough(20, p95), enough(100, p99), text(most)];
}
