import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChaosMac } from './chaos-place.ts';
import { inLanes } from './lanes.ts';
import type { Held, PartInput } from './part.ts';
import { underStrace } from './strace.ts';

/** The calls that create, change, rename, delete or flush a file. */
const writing = [
  ...['openat', 'write', 'pwrite64', 'writev', 'pwritev', 'fsync', 'fdatasync', 'ftruncate', 'fallocate'],
  ...['mkdir', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'link', 'linkat', 'chmod', 'fchmod'],
];
/** The later runs share one history, so they are in one lane. */
const lanesOfFirstRuns = 3;

interface Point {
  readonly call: string;
  /** The first such call of the run is 1. */
  readonly at: number;
}

/** The installed agent is killed at its writing system calls: those of a first run, and of a later one. */
export async function killedAtCalls({ place, random, seconds, broken }: PartInput): Promise<Held[]> {
  const until = performance.now() + seconds * 1_000;
  const grown = place.mac('killed-at-calls');
  const ofFirst = await pointsOf(grown);
  const ofLater = await pointsOf(grown);
  const all = ofFirst.length + ofLater.length;
  let killed = 0;
  let tried = 0;
  const kill = async (points: Point[], run: string): Promise<boolean> => {
    const [point] = points.splice(random(points.length), 1);
    if (point === undefined) return false;
    tried += 1;
    const mac = run === 'later' ? grown : place.mac(`killed-${tried}`);
    const where = `${point.call} ${point.at} of a ${run} run`;
    mac.refresh();
    if (await wasKilled(mac, point)) killed += 1;
    for (const fault of mac.faults()) broken(`killed at ${where}: ${fault}`);
    mac.watch();
    if (run === 'first') await startsAgain(mac, where, broken);
    return performance.now() < until;
  };
  await inLanes(1 + lanesOfFirstRuns, (lane) =>
    lane === 0 ? kill(ofLater, 'later') : kill(ofFirst, 'first'),
  );
  await startsAgain(grown, 'the last call', broken);
  return [
    {
      promise:
        'Killed at a system call that creates, writes, renames, deletes or flushes one of its files, in the run that creates the history and in later ones: no event that a reader saw is lost, nothing is recorded twice, the database is sound, nothing is quarantined, and the next start works.',
      figure: `${killed} kills at ${tried} of ${all} such calls; of ${grown.acknowledged} events in the history that grows none lost, none twice; ${grown.quarantined()} quarantined`,
    },
  ];
}

/** The writing calls of one whole run. */
async function pointsOf(mac: ChaosMac): Promise<Point[]> {
  const trace = join(mac.folder, 'trace');
  mac.refresh();
  const run = mac.start(underStrace(mac, trace, ['-e', `trace=${writing.join()}`]));
  await mac.polls(2, 60_000, run);
  await mac.stop(run);
  const counts = new Map<string, number>();
  const points: Point[] = [];
  for (const [, call = '', args = ''] of readFileSync(trace, 'utf8').matchAll(/^\d+ +(\w+)\((.*)$/gm)) {
    const at = (counts.get(call) ?? 0) + 1;
    counts.set(call, at);
    if (call !== 'openat' || /O_CREAT|O_TRUNC/.test(args)) points.push({ call, at });
  }
  return points;
}

/** False: the run ended by SIGTERM before such a call. */
async function wasKilled(mac: ChaosMac, { call, at }: Point): Promise<boolean> {
  const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${at}`];
  const run = mac.start(underStrace(mac, '/dev/null', inject));
  if (await mac.polls(2, 30_000, run)) {
    mac.watch();
    return (await mac.stop(run)).signal === 'SIGKILL';
  }
  run.child.kill('SIGKILL');
  return (await run.ended).signal === 'SIGKILL';
}

/** A start without faults: it polls, records, keeps everything, and leaves nothing behind. */
async function startsAgain(mac: ChaosMac, after: string, broken: (what: string) => void): Promise<void> {
  const run = mac.start();
  if (!(await mac.polls(2, 30_000, run))) broken(`no poll after a kill at ${after}`);
  const { status } = await mac.stop(run);
  if (status !== 0) broken(`status ${status} after a kill at ${after}`);
  for (const fault of mac.faults()) broken(`${fault} (after a kill at ${after})`);
  if (mac.count('agent-started') === 0) broken(`no start is recorded after a kill at ${after}`);
  if (mac.quarantined() > 0) broken(`a database was quarantined after a kill at ${after}`);
  if (mac.partialFiles().length > 0) broken(`${mac.partialFiles().join()} is left after a kill at ${after}`);
}
