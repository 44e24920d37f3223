import type { Memory } from '../../detect/memory.ts';
import type { EpochMs } from '../../shared/time.ts';

/** A change of the local password that no password sync followed. */
interface LocalChange {
  readonly setAt: EpochMs;
  /** The agent observed the Mac when it was set, so it missed no password sync. */
  readonly watched: boolean;
}

/** The last change of the local password before the prompt; null: none is known. */
export function localChangeBefore(
  { changedHere, unexplainedPassword }: Memory,
  promptedAt: EpochMs,
): LocalChange | null {
  const change = unexplainedPassword ?? changedHere ?? null;
  return change !== null && change.setAt <= promptedAt ? change : null;
}
