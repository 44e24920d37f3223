import type { Observation } from '../shared/observation.ts';
import { fullPoll, type PollPlan } from '../shared/poll-plan.ts';
import { type EpochMs, fromIso, hour, second } from '../shared/time.ts';
import type { Detected } from './detect.ts';
import { type Facts, isHealthy, stateKeyOf } from './facts.ts';
import type { Memory } from './memory.ts';
import { dueAge } from './sync-cycle.ts';

/** The poll before, as far as the next plan depends on it. */
export interface LastPoll {
  readonly observation: Observation;
  /** Something was wrong or not confirmed yet. */
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
  /** Null: this is the first poll of the run, or the one before came to nothing. */
  readonly last: LastPoll | null;
  readonly settings: {
    readonly idpPasswordChangedAt: EpochMs | null;
    /** Milliseconds until the poll after this one, when all is well. */
    readonly interval: number;
  };
  /** The user waits for a notification that could not be shown yet. */
  readonly notificationPending: boolean;
  readonly now: EpochMs;
  /** Milliseconds, see Clock.monotonic. */
  readonly monotonic: number;
}

/** After as many polls as are usual in an hour, or after an hour, every source is read again. */
const shortAtMost = 11;
const shortFor = hour;

/** macOS runs the timers of background processes together: a poll that is this late is on time. */
const onTime = 30 * second;

/**
 * Decides which sources the next poll reads. Pure.
 *
 * A poll may be short while all is well: `app-sso` alone then tells whether anything happened. It is full after a
 * poll that failed or found something, when it comes late by either clock (sleep, a clock that was set), and once an
 * hour (docs/decisions/0015-quiet-looks.md).
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

/** Whether the time in active use may soon decide something: it is counted by the network and by sleep. */
function mayNeedTheNetwork(
  { phase, cycle }: Memory['window'],
  passed: number,
  { idpPasswordChangedAt, interval }: PlanInput['settings'],
): boolean {
  if (phase !== 'fresh' || cycle === null) return false;
  // The admin told when the password was changed elsewhere: active use counts from then until newer tokens come.
  if (idpPasswordChangedAt !== null && idpPasswordChangedAt >= cycle.receivedAt) return true;
  // The poll before the mark is a full one, so that the first one past it has something to compare with.
  return cycle.age + passed + interval + onTime >= dueAge;
}

/**
 * Whether a short poll found anything that may depend on the sources it left out. Its results are then discarded,
 * and a full poll follows at once.
 */
export function foundChanges(before: Memory, observation: Observation, detected: Detected): boolean {
  const { events, episodes, syncCycles, needsFullPoll, memory } = detected;
  if (needsFullPoll || events.length > 0 || episodes.length > 0 || syncCycles.length > 0) return true;
  return !allIsWell(memory, observation) || !isSameAnswer(before.facts, memory.facts);
}

/** Sources without which nobody knows whether all is well. */
const needed = ['appSso', 'session', 'account', 'power', 'network'] as const;

/** A healthy registration with fresh tokens and no password to explain, or no Platform SSO at all. */
function allIsWell({ facts, window, unexplainedPassword }: Memory, observation: Observation): boolean {
  if (!needed.every((source) => observation[source].ok)) return false;
  if (facts === null || unexplainedPassword !== null) return false;
  if (!facts.configured) return true;
  if (!isHealthy(facts) || facts.receivedAt === null) return false;
  if (window.phase === 'notApplicable') return true;
  // `closed`: a password that is set a little later may still explain the last refresh.
  return window.phase === 'fresh' && window.cycle !== null && window.closed == null;
}

function isSameAnswer(before: Facts | null, after: Facts | null): boolean {
  if (before === null || after === null) return false;
  return (
    stateKeyOf(before) === stateKeyOf(after) &&
    before.receivedAt === after.receivedAt &&
    before.expiresAt === after.expiresAt &&
    before.configuredAt === after.configuredAt &&
    before.deviceId === after.deviceId
  );
}
