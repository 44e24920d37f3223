import type { NewEvent } from '../shared/event.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import type { Memory } from './memory.ts';
import { syncTolerance } from './password-window.ts';

type Remembered = Pick<Memory, 'passwordRead' | 'passwordLastSetAt' | 'unexplainedPassword'>;

/** Compares `passwordLastSetTime` with the previous poll. `candidate`: a change that no refresh explains yet. */
export function observePasswordChange(
  { passwordRead, passwordLastSetAt, unexplainedPassword }: Remembered,
  /** Undefined: the account could not be read. Null: no password was ever set. */
  setAt: EpochMs | null | undefined,
  /** Milliseconds before this poll in which the Mac was not observed. */
  unobservedFor: number,
): { remembered: Remembered; candidate: EpochMs | null } {
  const moved = passwordRead && setAt !== undefined && setAt !== null && setAt !== passwordLastSetAt;
  if (moved) {
    return {
      remembered: {
        passwordRead,
        passwordLastSetAt: setAt,
        unexplainedPassword: { setAt, waited: 0, watched: unobservedFor < syncTolerance },
      },
      candidate: setAt,
    };
  }
  return {
    remembered: {
      passwordRead: passwordRead || setAt !== undefined,
      passwordLastSetAt: setAt ?? passwordLastSetAt,
      unexplainedPassword,
    },
    candidate: unexplainedPassword?.setAt ?? null,
  };
}

/**
 * Classifies a changed local password. A refresh within 10 minutes explains it as a password sync. With the password
 * method the function waits that long before it reports a local change. With another method the local password is
 * independent, and the change is reported at once.
 */
export function classifyPasswordChange(
  before: Remembered,
  input: { now: EpochMs; elapsed: number; explained: boolean; passwordMethod: boolean },
): { remembered: Remembered; events: NewEvent[] } {
  const waiting = before.unexplainedPassword;
  if (waiting === null) return { remembered: before, events: [] };
  if (input.explained) return { remembered: { ...before, unexplainedPassword: null }, events: [] };
  const waited = waiting.waited + input.elapsed;
  if (input.passwordMethod && waited < syncTolerance) {
    return { remembered: { ...before, unexplainedPassword: { ...waiting, waited } }, events: [] };
  }
  return {
    remembered: { ...before, unexplainedPassword: null },
    events: [
      {
        at: input.now,
        kind: 'local-password-changed',
        issue: null,
        severity: input.passwordMethod && waiting.watched ? 'medium' : 'info',
        summary: summaryOf(input.passwordMethod, waiting.watched),
        from: null,
        to: null,
        data: { setAt: toIso(waiting.setAt), watched: waiting.watched },
      },
    ],
  };
}

function summaryOf(passwordMethod: boolean, watched: boolean): string {
  if (!passwordMethod) {
    return 'The local password was set. With this sign-in method it is independent of the work password.';
  }
  return watched
    ? 'The local password was set without a token refresh near it: it may differ from the work password.'
    : 'The local password was set while the Mac was not observed: it is unknown whether a sync set it.';
}
