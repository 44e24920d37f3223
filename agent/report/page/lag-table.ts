import { percentileTexts } from '../../fleet/percentile-texts.ts';
import type { Percentiles } from '../../fleet/percentiles.ts';
import { durationText } from '../../shared/duration-text.ts';
import { tableOf } from './element.ts';

/** Percentiles of lags, by the clock and in active time. `counted`: what their number is the number of. */
export function lagTable(
  caption: string,
  clock: Percentiles,
  active: Percentiles | null,
  counted = 'Cycles',
): HTMLElement {
  const row = (name: string, of: Percentiles | null) =>
    of === null ? [] : [[name, ...percentileTexts(of, durationText), String(of.n)]];
  return tableOf(
    caption,
    ['Measured', 'Median', '75 % within', '90 % within', '95 % within', '99 % within', 'Longest', counted],
    [...row('By the clock', clock), ...row('Active time', active)],
  );
}
