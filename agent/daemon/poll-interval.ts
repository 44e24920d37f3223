import { second } from '../shared/time.ts';

/** Milliseconds to the next poll: the usual interval, or the short one while the state may change soon. */
export function intervalAfter(
  mayChangeSoon: boolean,
  settings: { readonly PollIntervalSeconds: number; readonly TroublePollIntervalSeconds: number },
): number {
  const { PollIntervalSeconds: usual, TroublePollIntervalSeconds: short } = settings;
  return (mayChangeSoon ? Math.min(usual, short) : usual) * second;
}
