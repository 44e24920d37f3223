import { detailOf } from '../history.ts';
import type { LaneInput } from './lane-input.ts';
import type { Cover } from './spans.ts';
import { gapsIn } from './watching-lane.ts';

/**
 * Times without a valid reading: the agent did not run, or `app-sso` could not be read. Sleep does not count,
 * since nothing changes during sleep.
 */
export function unknownTimes(input: LaneInput, state: number): Cover[] {
  const covers: Cover[] = gapsIn(input)
    .filter(({ reason }) => reason !== 'asleep')
    .map(({ from, to }) => ({ from, to, state }));
  let failedAt: number | null = null;
  for (const { at, row } of input.events) {
    if (row.kind !== 'source-failed' && row.kind !== 'source-recovered') continue;
    if (detailOf(row).source !== 'appSso') continue;
    if (row.kind === 'source-failed') failedAt ??= at;
    else if (failedAt !== null) {
      covers.push({ from: failedAt, to: at, state });
      failedAt = null;
    }
  }
  if (failedAt !== null) covers.push({ from: failedAt, to: input.to, state });
  return covers;
}
