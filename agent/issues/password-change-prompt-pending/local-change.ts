import type { Memory } from '../../detect/memory.ts';
import type { EpochMs } from '../../shared/time.ts';

/** A change of the local password that no password sync followed. */
interface LocalChange {
  readonly setAt: EpochMs;
  /** The agent observed the Mac when it was set, so it missed no password sync. */
  readonly watched: boolean;
}

/**
 * The last change of the local password before the prompt; null: none is known. Tokens that were received
 * after the change confirmed the password, so that change is not what macOS asks about.
 */
export function localChangeBefore(
  { changedHere, unexplainedPassword }: Memory,
  promptedAt: EpochMs,
  confirmedGoodAt: EpochMs | null,
): LocalChange | null {
  const change = unexplainedPassword ?? changedHere ?? null;
  if (change === null || change.setAt > promptedAt) return null;
  return confirmedGoodAt !== null && confirmedGoodAt > change.setAt ? null : change;
}
