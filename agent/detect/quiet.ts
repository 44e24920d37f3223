import type { AppSso } from '../types/observation.ts';
import type { Reading } from '../types/reading.ts';
import { type EpochMs, second } from '../types/time.ts';
import { factsOf, isHealthy, situationOf } from './facts.ts';
import type { Memory } from './memory.ts';
import { dueAge } from './sync-cycle.ts';

/** What is known when a look begins: how the last one ended, and when this one was meant to be. */
export interface BeforeLook {
  readonly memory: Memory;
  /** The last look's: something is wrong, or not confirmed yet. */
  readonly trouble: boolean;
  /** Somebody is still to be told something, as soon as they are at the Mac. */
  readonly somethingToTell: boolean;
  readonly idpPasswordChangedAt: EpochMs | null;
  readonly now: EpochMs;
  readonly monotonic: number;
  /** How long after the last look this one was planned, and how long after this one the next will be. Milliseconds. */
  readonly planned: number;
  readonly nextIn: number;
}

/** Timers of a background process are put together with others': a few seconds late is in time. */
const inTime = 30 * second;

/**
 * Whether all is so well that `app-sso` alone can tell whether anything happened: a healthy registration, tokens that are nowhere near
 * their mark, or no Platform SSO at all; nothing open but what may stay so for months, nothing to confirm and nothing to tell. Sleep, a clock that was
 * set or a look that comes late is never quiet.
 *
 * Then nothing that the agent decides depends on the network, on when the Mac slept, or on the password's time
 * (docs/decisions/0015-quiet-looks.md).
 */
export function mayBeQuiet(before: BeforeLook): boolean {
  const { memory, planned, nextIn } = before;
  const { facts, moment, window } = memory;
  if (before.trouble || before.somethingToTell || memory.unexplainedPassword !== null) return false;
  if (facts === null || moment === null) return false;
  if (facts.configured && (!isHealthy(facts) || facts.receivedAt === null)) return false;
  const passed = before.monotonic - moment.monotonic;
  const wall = before.now - moment.at;
  if (passed < 0 || passed > planned + inTime || Math.abs(wall - passed) > inTime) return false;
  if (!facts.configured || window.phase === 'notApplicable') return true;
  const { cycle } = window;
  if (window.phase !== 'fresh' || cycle === null || window.closed != null) return false;
  // The admin told when the password was changed elsewhere: active use is counted from then until newer tokens come.
  const owed = before.idpPasswordChangedAt !== null && before.idpPasswordChangedAt >= cycle.receivedAt;
  // The look before the mark is a whole one, so that the first one past it has something to compare with.
  return !owed && cycle.age + passed + nextIn + inTime < dueAge;
}

/** Whether an answer of `app-sso` says what is believed already. */
export function saysNothingNew({ facts }: Memory, answer: Reading<AppSso>, now: EpochMs): boolean {
  const seen = answer.ok ? factsOf(answer.value, now) : null;
  if (seen === null || facts === null) return false;
  return (
    situationOf(seen) === situationOf(facts) &&
    seen.receivedAt === facts.receivedAt &&
    seen.expiresAt === facts.expiresAt &&
    seen.configuredAt === facts.configuredAt &&
    seen.deviceId === facts.deviceId
  );
}
