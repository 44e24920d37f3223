// observe/: reads the sources of a poll plan, and returns one validated observation. A source is read again
// only when its reread rule says so.

import { sources } from '../mac/sources.ts';
import { compareWithIdp, entraFloor, type IdpPasswordPolicy } from '../shared/idp-password-policy.ts';
import {
  type Account,
  type Observation,
  type PasswordPolicy,
  type Readings,
  type SourceName,
  sourceNames,
} from '../shared/observation.ts';
import { fullPoll, type PollPlan } from '../shared/poll-plan.ts';
import { type Reading, read } from '../shared/reading.ts';
import { toIso } from '../shared/time.ts';
import {
  type ObserveDependencies,
  plainSteps,
  type SourceStep,
  type Stored,
  sparingSteps,
} from './source-step.ts';
import { stampsOfPoll } from './stamps-of-poll.ts';
import { validated } from './validated.ts';

interface PollRequest {
  readonly plan: PollPlan;
  /** The sources of issues that were found or are open; without it: none. */
  readonly asked?: readonly SourceName[];
  /** The policy that the Mac's password rules are compared with. */
  readonly idp: IdpPasswordPolicy;
}

/**
 * One poll. Never rejects: a source that can't be read, or whose value does not validate, is a named failure.
 */
export type Observe = (request: PollRequest) => Promise<Observation>;

/** For the agent, which polls again and again: a process is started only when its result may have changed. */
export function createObserver(dependencies: ObserveDependencies): Observe {
  const steps = sparingSteps(dependencies);
  return (request) => poll(dependencies, steps, request);
}

/** For a single poll: reads every source under any plan. */
export function createSingleObserver(dependencies: ObserveDependencies): Observe {
  return ({ idp }) => observeOnce(dependencies, idp);
}

/** Observes once, reading every source. Never rejects. */
export function observeOnce(
  dependencies: ObserveDependencies,
  idp: IdpPasswordPolicy = entraFloor,
): Promise<Observation> {
  return poll(dependencies, plainSteps(dependencies), { plan: fullPoll, idp });
}

/** The moment of a poll is when it begins. Commands run side by side. */
async function poll(
  dependencies: ObserveDependencies,
  steps: readonly SourceStep[],
  { plan, idp, asked = [] }: PollRequest,
): Promise<Observation> {
  const { clock } = dependencies;
  const moment = { at: toIso(clock.now()), monotonic: clock.monotonic() };
  const keep: Partial<Readings> = plan.kind === 'short' ? plan.keep : {};
  const context = {
    keep,
    full: plan.kind === 'full',
    asked,
    stamps: stampsOfPoll(dependencies.files),
    first: {
      network: Promise.resolve(
        keep.network ?? validated('network', () => sources.network.read(dependencies)),
      ),
      appSso: validated('appSso', () => sources.appSso.read(dependencies)),
      session: validated('session', () => sources.session.read(dependencies)),
    },
  };
  const readings: Stored = {};
  const started = steps.map((step) => step(context));
  for (const store of started) await store(readings);
  if (!isComplete(readings)) throw new Error('a source has no step');
  return {
    ...moment,
    ...readings,
    passwordPolicy: comparedWith(idp, readings.passwordPolicy),
    account: withComparedPolicy(idp, readings.account),
  };
}

function isComplete(readings: Partial<Readings>): readings is Readings {
  return sourceNames.every((name) => readings[name] !== undefined);
}

function comparedWith(idp: IdpPasswordPolicy, reading: Reading<PasswordPolicy>): Reading<PasswordPolicy> {
  return reading.ok ? read({ ...reading.value, ...compareWithIdp(reading.value.rules, idp) }) : reading;
}

function withComparedPolicy(idp: IdpPasswordPolicy, reading: Reading<Account>): Reading<Account> {
  const own = reading.ok ? reading.value.ownPasswordPolicy : undefined;
  if (!reading.ok || own === undefined) return reading;
  return read({ ...reading.value, ownPasswordPolicy: { ...own, ...compareWithIdp(own.rules, idp) } });
}
