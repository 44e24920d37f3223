import { type NewEvent, newEvent } from '../shared/event.ts';
import type { PasswordRelation } from '../shared/password-relation.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import type { Memory } from './memory.ts';
import { syncTolerance } from './password-window.ts';

/** What the memory keeps of the local password. */
export type PasswordMemory = Pick<Memory, 'passwordRead' | 'passwordLastSetAt' | 'unexplainedPassword'>;

/**
 * Compares `passwordLastSetTime` with the previous poll. `candidate`: a change that no refresh explains yet.
 */
export function observePasswordChange(
  { passwordRead, passwordLastSetAt, unexplainedPassword }: PasswordMemory,
  /** Undefined: the account could not be read. Null: no password was ever set. */
  setAt: EpochMs | null | undefined,
  /** Milliseconds before this poll in which the Mac was not observed. */
  unobservedFor: number,
): { memory: PasswordMemory; candidate: EpochMs | null } {
  const moved = passwordRead && setAt !== undefined && setAt !== null && setAt !== passwordLastSetAt;
  if (moved) {
    return {
      memory: {
        passwordRead,
        passwordLastSetAt: setAt,
        unexplainedPassword: { setAt, waited: 0, watched: unobservedFor < syncTolerance },
      },
      candidate: setAt,
    };
  }
  return {
    memory: {
      passwordRead: passwordRead || setAt !== undefined,
      passwordLastSetAt: setAt ?? passwordLastSetAt,
      unexplainedPassword,
    },
    candidate: unexplainedPassword?.setAt ?? null,
  };
}

/**
 * Classifies a changed local password. A refresh within 10 minutes explains it as a password sync. With the
 * password method the function waits that long before it reports a local change. With another method macOS
 * sets no password that is known here, and the change is reported at once.
 */
export function classifyPasswordChange(
  before: PasswordMemory,
  input: { now: EpochMs; elapsed: number; explained: boolean; relation: PasswordRelation },
): { memory: PasswordMemory; events: NewEvent[] } {
  const waiting = before.unexplainedPassword;
  if (waiting === null) return { memory: before, events: [] };
  if (input.explained) return { memory: { ...before, unexplainedPassword: null }, events: [] };
  const waited = waiting.waited + input.elapsed;
  const synchronised = input.relation === 'synchronised';
  if (synchronised && waited < syncTolerance) {
    return { memory: { ...before, unexplainedPassword: { ...waiting, waited } }, events: [] };
  }
  return {
    memory: { ...before, unexplainedPassword: null },
    events: [
      newEvent(
        input.now,
        'local-password-changed',
        synchronised && waiting.watched ? 'medium' : 'info',
        summaryOf(input.relation, waiting.watched),
        { data: { setAt: toIso(waiting.setAt), watched: waiting.watched } },
      ),
    ],
  };
}

function summaryOf(relation: PasswordRelation, watched: boolean): string {
  if (relation === 'unknown') {
    return 'The local password was set. Whether this sign-in method synchronises it is unknown.';
  }
  if (relation === 'independent') {
    return 'The local password was set. With this sign-in method it is independent of the work password.';
  }
  return watched
    ? 'The local password was set without a token refresh near it: it may differ from the work password.'
    : 'The local password was set while the Mac was not observed: it is unknown whether a sync set it.';
}
