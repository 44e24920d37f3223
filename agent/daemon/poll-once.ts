import { createSingleObserver } from '../observe/observe.ts';
import { systemClock } from '../shared/clock.ts';
import { ProblemError } from '../shared/errors.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import type { Observation } from '../shared/observation.ts';
import { pathsOf } from '../shared/paths.ts';
import { refuseRoot } from '../shared/refuse-root.ts';
import { version } from '../shared/version.ts';
import { acquireInstanceLock } from '../store/instance-lock.ts';
import type { StoredEvent } from '../store/store.ts';
import type { AgentActivity, CycleResult } from './agent-dependencies.ts';
import { composeAgent } from './compose-agent.ts';

export interface SinglePoll {
  readonly observation: Observation;
  readonly detected: CycleResult['detected'];
  readonly events: readonly StoredEvent[];
}

/** Runs one full poll cycle without the resident agent. Throws UsageError, ProblemError and StoreError. */
export async function pollOnce(global: GlobalOptions): Promise<SinglePoll> {
  refuseRoot(global, 'once');
  const lock = acquireInstanceLock(pathsOf(global).dataDir, systemClock.now(), version);
  if (!lock.ok) {
    throw new ProblemError(
      'the agent already runs for this user; `psso-monitor status` prints what it recorded.',
    );
  }
  const activities: AgentActivity[] = [];
  const { agent, beforeStart, readPower, pollIntervalSeconds } = await composeAgent(global, {
    lock,
    observer: createSingleObserver,
    every: null,
    watch: (activity) => activities.push(activity),
  });
  let result: CycleResult | null;
  try {
    agent.catchUp({ events: beforeStart, power: await readPower() }, pollIntervalSeconds);
    result = await agent.poll();
  } finally {
    agent.close();
  }
  const polled = activities.find((activity) => activity.type === 'polled');
  if (result === null || polled === undefined || agent.unwritten !== null)
    throw new ProblemError('the poll could not be recorded; the log of the agent has the reason.');
  const events = activities.flatMap((activity) => (activity.type === 'event' ? [activity.event] : []));
  return { observation: polled.observation, detected: result.detected, events };
}
