import { second } from '../shared/time.ts';

/** Milliseconds from one poll to the next: the usual interval, or the short one while something is pressing. */
export function intervalAfter(
  pressing: boolean,
  settings: { readonly PollIntervalSeconds: number; readonly TroublePollIntervalSeconds: number },
): number {
  const { PollIntervalSeconds: usual, TroublePollIntervalSeconds: sooner } = settings;
  return (pressing ? Math.min(usual, sooner) : usual) * second;
}
