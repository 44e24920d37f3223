import { type NewEvent, newEvent } from '../shared/event.ts';
import { leftByOtherDevices } from '../shared/left-by-other-devices.ts';
import type { Observation, WorkplaceJoin } from '../shared/observation.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Facts } from './facts.ts';
import type { Memory } from './memory.ts';

type LeftoverMemory = Pick<Memory, 'workplaceJoinLeft'>;

/**
 * Follows the items of an earlier Workplace Join, and records when a complete registration has replaced them.
 * Before it every item counts: its own device is not known yet. `facts` are confirmed.
 */
export function followLeftovers(
  before: LeftoverMemory,
  facts: Facts | null,
  { workplaceJoin }: Observation,
  now: EpochMs,
): { memory: LeftoverMemory; events: NewEvent[] } {
  const known = before.workplaceJoinLeft ?? [];
  if (facts === null || !workplaceJoin.ok) return { memory: unlessEmpty(known), events: [] };
  const { leftovers } = workplaceJoin.value;
  if (facts.registration !== 'complete') return { memory: unlessEmpty(namesOf(leftovers)), events: [] };
  const left = namesOf(leftByOtherDevices(workplaceJoin.value, facts.device.deviceId));
  const present = new Set(namesOf(leftovers));
  const isRemoved = known.length > 0 && left.length === 0 && !known.some((name) => present.has(name));
  const summary = 'The leftover of an earlier Workplace Join is gone from the login keychain.';
  return {
    memory: unlessEmpty(left),
    events: isRemoved ? [newEvent(now, 'workplace-join-removed', 'info', summary)] : [],
  };
}

/** Most Macs have no leftover, so the key is missing in their memory. */
function unlessEmpty(names: readonly string[]): LeftoverMemory {
  return { workplaceJoinLeft: names.length === 0 ? undefined : [...names] };
}

function namesOf(leftovers: WorkplaceJoin['leftovers']): string[] {
  return leftovers.map(({ kind, deviceId }) => `${kind} ${deviceId ?? ''}`).sort();
}
