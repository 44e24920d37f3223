import { day, type EpochMs } from '../shared/time.ts';

/** Long enough that a night, or a Mac that has just woken, does not count as silence. */
const silentAfter = day;

/** Whether the agent has not polled for a day. null: never polled. A time in the future is a wrong clock. */
export function isSilent(lastPollAt: EpochMs | null, now: EpochMs): boolean {
  return lastPollAt === null || Math.abs(now - lastPollAt) > silentAfter;
}
