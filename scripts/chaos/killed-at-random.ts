import { setTimeout as sleep } from 'node:timers/promises';
import { inLanes } from './lanes.ts';
import type { Held, PartInput } from './part.ts';

/** So many Macs at once. Each keeps its history over all its kills. */
const lanes = 4;
/** A run has polled once by then, and is about to poll again. */
const longestRun = 2_500;

/** `kill -9` at random moments, while tokens are refreshed and an issue comes and goes. */
export async function killedAtRandom({ place, random, seconds, broken }: PartInput): Promise<Held[]> {
  const until = performance.now() + seconds * 1_000;
  const macs = Array.from({ length: lanes }, (_, lane) => place.mac(`killed-at-random-${lane}`));
  let kills = 0;
  await inLanes(lanes, async (lane) => {
    const mac = macs[lane];
    if (mac === undefined) return false;
    mac.refresh();
    if (random(4) === 0) mac.mac.apply({ psso: { state: random(2) } });
    const run = mac.start();
    await sleep(random(longestRun));
    mac.watch();
    run.child.kill('SIGKILL');
    await run.ended;
    kills += 1;
    for (const fault of mac.faults()) broken(fault);
    return performance.now() < until;
  });
  for (const mac of macs) {
    const run = mac.start();
    if (!(await mac.polls(2, 60_000, run))) broken('no poll after the last kill');
    await mac.stop(run);
    for (const fault of mac.faults()) broken(fault);
    if (mac.quarantined() > 0) broken('a database was quarantined');
    if (mac.partialFiles().length > 0) broken(`${mac.partialFiles().join()} is left`);
    mac.watch();
  }
  const events = macs.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  return [
    {
      promise:
        'Killed at random moments: no event that a reader saw is lost, nothing is recorded twice, the database is sound, nothing is quarantined, and no temporary file stays.',
      figure: `${kills} kills on ${lanes} Macs; of ${events} events none lost, none twice`,
    },
  ];
}
