import { type NewEvent, newEvent } from '../shared/event.ts';
import type { PasswordRelation } from '../shared/password-relation.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import type { Memory } from './memory.ts';
import { syncTolerance } from './token-transition.ts';

/** What the memory keeps of the local password. */
export type PasswordMemory = Pick<
  Memory,
  'passwordRead' | 'passwordLastSetAt' | 'unexplainedPassword' | 'changedHere'
>;

/**
 * Compares `passwordLastSetTime` with the previous poll. `candidate`: a change that no refresh explains yet.
 */
export function observePasswordChange(
  { passwordRead, passwordLastSetAt, unexplainedPassword, changedHere }: PasswordMemory,
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
        changedHere,
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
      changedHere,
    },
    candidate: unexplainedPassword?.setAt ?? null,
  };
}

/**
 * Classifies a changed local password. Tokens that are received within 10 minutes explain it as a password
 * sync. The function waits that long before it reports a local change: also without a registration, which can
 * follow and set the password first. With a method for which the local password is independent, the change is
 * reported at once.
 */
export function classifyPasswordChange(
  before: PasswordMemory,
  input: { now: EpochMs; elapsed: number; explained: boolean; relation: PasswordRelation },
): { memory: PasswordMemory; events: NewEvent[] } {
  const { relation } = input;
  const waiting = before.unexplainedPassword;
  if (waiting === null) return { memory: before, events: [] };
  if (input.explained)
    return { memory: { ...before, unexplainedPassword: null, changedHere: null }, events: [] };
  const waited = waiting.waited + input.elapsed;
  if (relation !== 'independent' && waited < syncTolerance) {
    return { memory: { ...before, unexplainedPassword: { ...waiting, waited } }, events: [] };
  }
  const { setAt, watched } = waiting;
  return {
    memory: {
      ...before,
      unexplainedPassword: null,
      changedHere: relation === 'synchronised' ? { setAt, watched } : null,
    },
    events: [
      newEvent(
        input.now,
        'local-password-changed',
        relation === 'synchronised' && watched ? 'medium' : 'info',
        summaryOf(relation, watched),
        { data: { setAt: toIso(setAt), watched } },
      ),
    ],
  };
}

function summaryOf(relation: PasswordRelation, watched: boolean): string {
  if (relation === 'unknown') return 'The local password was set.';
  if (relation === 'independent')
    return 'The local password was set. With this sign-in method it is independent of the work password.';
  return watched
    ? 'The local password was set without a token refresh near it: it may differ from the work password.'
    : 'The local password was set while the Mac was not observed: it is unknown whether a sync set it.';
}
