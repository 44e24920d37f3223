import type { DetectorInput } from '../../agent/detect/detector.ts';
import { factsOf } from '../../agent/detect/facts-of.ts';
import { hour } from '../../agent/shared/time.ts';
import { afterPollsFor } from '../detect/remembered-polls.ts';

/** The input of a detector on a healthy Mac. */
export async function healthyInput(): Promise<DetectorInput> {
  const { memory, observation } = await afterPollsFor(hour);
  const now = Date.parse(observation.at);
  return {
    memory,
    observation,
    now,
    window: memory.window,
    facts: observation.appSso.ok
      ? factsOf(observation.appSso.value, { now, tokenAge: null, webLoginPasswordSync: false })
      : null,
    active: true,
    activeFor: 0,
    idpMinimumLength: 8,
    macosMajor: 15,
  };
}
