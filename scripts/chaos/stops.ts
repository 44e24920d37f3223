import { setTimeout as sleep } from 'node:timers/promises';
import type { Held, PartInput } from './part.ts';

/** Of an unloaded machine; launchd waits ten seconds. */
const promisedMs = 1_000;
const toleratedMs = 5_000;

/** SIGTERM at any moment of a run, with and without commands that hang. */
export async function stops({ place, random, seconds, broken }: PartInput): Promise<Held[]> {
  const mac = place.mac('stops');
  const took: number[] = [];
  const until = performance.now() + seconds * 1_000;
  let early = 0;
  while (performance.now() < until) {
    const hangs = random(2) === 0;
    mac.mac.apply({ appSso: hangs ? { fail: 'timeout' } : null });
    const run = mac.start();
    await sleep(random(2_500));
    const end = await mac.stop(run);
    took.push(end.took);
    // Before Node listens, the signal itself ends the process.
    if (end.signal === 'SIGTERM') early += 1;
    else if (end.status !== 0) broken(`SIGTERM ended the agent with status ${end.status}`);
    if (end.took > toleratedMs) broken(`SIGTERM took ${Math.round(end.took)} ms`);
    for (const fault of mac.faults()) broken(fault);
  }
  const crashes = mac.count('agent-crashed');
  if (crashes > early)
    broken(`${crashes} crashes recorded after ${early} runs that ended by the signal itself`);
  const leftovers = mac.leftoverProcesses();
  if (leftovers > 0) broken(`${leftovers} commands are still running`);
  const within = took.filter((ms) => ms <= promisedMs).length;
  const slowest = Math.round(Math.max(...took));
  return [
    {
      promise: 'SIGTERM at any moment, also while a command hangs, ends the agent within a second.',
      figure: `${took.length} stops, ${within} within a second, slowest ${slowest} ms; ${early} before the agent listens; no process left`,
    },
  ];
}
