import { day, type EpochMs } from '../shared/time.ts';

/** An agent that has not looked for so long is not at work; a night, or a Mac that has just been woken, is no reason yet. */
const silentAfter = day;

/** `lastLookAt` null: it never looked. A look in the future is one of a wrong clock, and says nothing. */
export function isSilent(lastPollAt: EpochMs | null, now: EpochMs): boolean {
  return lastPollAt === null || Math.abs(now - lastPollAt) > silentAfter;
}
