import type { Readings } from './observation.ts';

/** Which sources a poll reads. */
export type PollPlan =
  /** Every source. */
  | { readonly kind: 'full' }
  /** All but the sources in `keep`, whose last readings still stand. */
  | { readonly kind: 'short'; readonly keep: Partial<Readings> };

export const fullPoll: PollPlan = { kind: 'full' };
