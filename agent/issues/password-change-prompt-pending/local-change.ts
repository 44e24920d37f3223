import type { Memory } from '../../detect/memory.ts';
import { durationText } from '../../shared/duration-text.ts';
import { type EpochMs, second, toIso } from '../../shared/time.ts';

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

/** The change as a cause of the prompt: macOS asks for the work password when the local one is another. */
export function causeOfLocalChange({ setAt, watched }: LocalChange, promptedAt: EpochMs) {
  const before = durationText((promptedAt - setAt) / second);
  return {
    id: 'local-password-changed-outside-idp',
    grade: watched ? 'likely' : 'possible',
    sentence: `The local password was changed on this Mac, ${before} before the prompt.`,
    changeAt: toIso(setAt),
    remedyFirst: null,
  };
}
