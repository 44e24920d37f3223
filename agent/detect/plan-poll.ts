import type { Observation } from '../shared/observation.ts';
import { fullPoll, type PollPlan } from '../shared/poll-plan.ts';
import { type EpochMs, fromIso, hour, second } from '../shared/time.ts';
import type { Detected } from './detect.ts';
import {
  expiresAtOf,
  type Facts,
  isConfigured,
  isHealthy,
  methodNotUnderstood,
  receivedAtOf,
  stateKeyOf,
} from './facts.ts';
import type { Memory } from './memory.ts';
import { dueAge } from './token-cycle.ts';

/** The values of the previous poll on which the next plan depends. */
export interface LastPoll {
  readonly observation: Observation;
  /** An issue was open or not confirmed yet. */
  readonly needsFullPoll: boolean;
  /** Milliseconds after which the next poll was planned. */
  readonly nextPollIn: number;
  /** Monotonic time of the last full poll. */
  readonly fullAt: number;
  /** How many short polls there were since. */
  readonly shortPolls: number;
}

export interface PlanInput {
  readonly memory: Memory;
  /** Null: this is the first poll of the run, or the previous poll was not recorded. */
  readonly last: LastPoll | null;
  readonly settings: {
    readonly idpPasswordChangedAt: EpochMs | null;
    /** Milliseconds until the poll after this one, when all is well. */
    readonly interval: number;
  };
  /** A notification could not be shown yet. */
  readonly notificationPending: boolean;
  readonly now: EpochMs;
  /** Milliseconds, see Clock.monotonic. */
  readonly monotonic: number;
}

/**
 * A full poll follows after so many short ones, or after an hour. At the usual interval both are the same.
 */
const shortAtMost = 11;
const shortFor = hour;

/** macOS coalesces background timers: 30 s late is on time. */
const onTime = 30 * second;

/**
 * Decides which sources the next poll reads. Pure.
 *
 * A poll is short while all is well: `app-sso` then shows each change that matters. A poll is full after a
 * failed poll or a finding, when it is late by either clock (sleep, clock change), and once an hour
 * (docs/decisions/0015-short-polls.md).
 */
export function planPoll({
  memory,
  last,
  settings,
  notificationPending,
  now,
  monotonic,
}: PlanInput): PollPlan {
  if (last === null || last.needsFullPoll || notificationPending || !allIsWell(memory, last.observation))
    return fullPoll;
  if (last.shortPolls >= shortAtMost || monotonic - last.fullAt >= shortFor) return fullPoll;
  const passed = monotonic - last.observation.monotonic;
  const wall = now - fromIso(last.observation.at);
  if (passed < 0 || passed > last.nextPollIn + onTime || Math.abs(wall - passed) > onTime) return fullPoll;
  if (mayNeedTheNetwork(memory.window, passed, settings)) return fullPoll;
  const { account, power, network } = last.observation;
  return { kind: 'short', keep: { account, power, network } };
}

/** Whether active time may soon change the phase. Active time depends on the network and on sleep. */
function mayNeedTheNetwork(
  window: Memory['window'],
  passed: number,
  { idpPasswordChangedAt, interval }: PlanInput['settings'],
): boolean {
  if (window.phase !== 'fresh') return false;
  const { cycle } = window;
  // The admin set the time of the password change. Active time counts from then until newer tokens come.
  if (idpPasswordChangedAt !== null && idpPasswordChangedAt >= cycle.receivedAt) return true;
  // The last poll before the due time is full, so that the first one after it can compare.
  return cycle.age + passed + interval + onTime >= dueAge;
}

/**
 * Whether a short poll found a change that may depend on the sources it did not read. The caller then
 * discards it and makes a full poll.
 */
export function foundChanges(before: Memory, observation: Observation, detected: Detected): boolean {
  const { events, episodes, syncCycles, needsFullPoll, memory } = detected;
  // A profile that is gone is judged in the polls that follow.
  if (memory.profileGoneSince != null && memory.profileDigest != null) return true;
  if (needsFullPoll || events.length > 0 || episodes.length > 0 || syncCycles.length > 0) return true;
  return !allIsWell(memory, observation) || !sameFacts(before.facts, memory.facts);
}

/** A failure of one of these sources makes the state unknown. */
const needed = ['appSso', 'session', 'account', 'power', 'network'] as const;

/** A healthy registration with fresh tokens and no unexplained password, or no Platform SSO at all. */
function allIsWell({ facts, window, unexplainedPassword }: Memory, observation: Observation): boolean {
  if (!needed.every((source) => observation[source].ok)) return false;
  if (facts === null || unexplainedPassword !== null) return false;
  if (!isConfigured(facts)) return true;
  if (!isHealthy(facts) || receivedAtOf(facts) === null) return false;
  if (window.phase === 'notApplicable' || methodNotUnderstood(facts) !== null) return true;
  // `closed`: a password that is set within minutes can still explain the last refresh.
  return window.phase === 'fresh' && window.closed === null;
}

function sameFacts(before: Facts | null, after: Facts | null): boolean {
  if (before === null || after === null) return false;
  const deviceBefore = isConfigured(before) ? before.device : null;
  const deviceAfter = isConfigured(after) ? after.device : null;
  return (
    stateKeyOf(before) === stateKeyOf(after) &&
    receivedAtOf(before) === receivedAtOf(after) &&
    expiresAtOf(before) === expiresAtOf(after) &&
    deviceBefore?.configuredAt === deviceAfter?.configuredAt &&
    deviceBefore?.deviceId === deviceAfter?.deviceId &&
    deviceBefore?.method === deviceAfter?.method
  );
}
