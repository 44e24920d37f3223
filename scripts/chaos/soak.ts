import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from '../bench/processes.ts';
import type { Held, PartInput } from './part.ts';

/** A poll each second, on a clock that runs faster by this factor: 1,000 times the usual rate of 300 s. */
const clockFactor = 3.4;
/** The first part of the run, in which the agent's working set grows to its size. */
const warmUp = 0.3;

/** Many polls in a short time, with something to record in each: memory and descriptors. */
export async function soak({ place, random, seconds, broken }: PartInput): Promise<Held[]> {
  const mac = place.mac('soak');
  const run = mac.start([], { environment: fasterClock() });
  await mac.polls(2, 60_000, run);
  const pid = run.child.pid ?? 0;
  const began = performance.now();
  const memory: [number, number][] = [];
  const descriptors: number[] = [];
  let polls = 0;
  for (let seen = 0, round = 0; performance.now() - began < seconds * 1_000; round += 1) {
    await sleep(50);
    const polled = mac.polledAt();
    if (polled !== seen) polls += 1;
    seen = polled;
    if (round % 40 === 0) mac.refresh();
    if (round % 200 === 100) mac.mac.apply({ psso: { state: random(2) } });
    if (round % 10 !== 0) continue;
    const passed = (performance.now() - began) / 1_000;
    if (passed < seconds * warmUp) continue;
    if (run.child.exitCode !== null) break;
    memory.push([passed, memoryOf(pid).privateDirty / 1024]);
    descriptors.push(readdirSync(`/proc/${pid}/fd`).length);
  }
  if (run.child.exitCode !== null) broken('the agent ended');
  await mac.stop(run);
  for (const fault of mac.faults()) broken(fault);
  const { slope, error } = slopeOf(memory);
  // Three standard errors, or a megabyte in an hour at the usual rate for a run too short to tell.
  if (slope > 3 * error && slope * seconds > 4)
    broken(`memory grows by ${(slope * 60).toFixed(2)} MB a minute`);
  // Commands of a poll have descriptors too: between two polls the number is the lowest.
  const third = Math.ceil(descriptors.length / 3);
  const idle = Math.min(...descriptors.slice(0, third));
  const idleLater = Math.min(...descriptors.slice(-third));
  if (idleLater > idle) broken(`between polls ${idle} descriptors at first, ${idleLater} at the end`);
  const days = ((polls * 300) / 86_400).toFixed(1);
  const rate = Math.round((polls * 300) / seconds);
  const last = memory.at(-1)?.[1].toFixed(1);
  return [
    {
      promise:
        'Polls at up to 1,000 times the usual rate (one each 0.3 s, as far as the machine keeps up): memory has no slope, and the number of open files stays.',
      figure: `${polls} polls in ${Math.round(seconds)} s (as many as in ${days} days, ${rate} times the usual rate); ${last} MB private at the end, slope ${(slope * 60).toFixed(2)} ± ${(3 * error * 60).toFixed(2)} MB a minute; ${idle} descriptors between polls, at most ${Math.max(...descriptors)}; ${mac.count('token-refreshed')} refreshes recorded`,
    },
  ];
}

/** libfaketime runs wall clock, monotonic clock and timeouts faster; without it the rate is 300 times. */
function fasterClock(): Record<string, string> {
  const library = readdirSync('/usr/lib')
    .map((name) => join('/usr/lib', name, 'faketime/libfaketime.so.1'))
    .find((path) => existsSync(path));
  if (library === undefined) throw new Error('libfaketime is missing: npm run tools installs it.');
  return { LD_PRELOAD: library, FAKETIME: `+0 x${clockFactor}` };
}

/** Least squares: the slope and its standard error. */
function slopeOf(points: readonly [number, number][]): { slope: number; error: number } {
  const n = points.length;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const sxx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / sxx;
  const rest = points.reduce((sum, [x, y]) => sum + (y - my - slope * (x - mx)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / Math.max(1, n - 2) / sxx) };
}
