import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChaosMac } from './chaos-place.ts';
import type { Held, PartInput } from './part.ts';

/** The calls that change a file or flush it. */
const writing = [
  ...['write', 'pwrite64', 'writev', 'pwritev', 'fsync', 'fdatasync', 'ftruncate', 'fallocate', 'mkdir'],
  ...['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'link', 'linkat', 'chmod', 'fchmod'],
];
const ownFiles = [
  ...['events.db', 'events.db-wal', 'events.db-shm', 'events.db-journal', 'events.db.reserve'],
  ...['agent.json', 'agent.lock', 'state.plist', 'identity.key'],
];

/**
 * strace as the grandchild of the agent, for its own files. With --seccomp-bpf, -P injects nothing.
 */
export function straceOf(mac: ChaosMac, output: string): string[] {
  const paths = [mac.dataDir, ...ownFiles.map((name) => join(mac.dataDir, name))];
  return ['strace', '-D', '-f', '-qq', '-o', output, ...paths.flatMap((path) => ['-P', path])];
}

interface Point {
  readonly call: string;
  /** The first such call of the run is 1. */
  readonly at: number;
  /** The run creates the history. */
  readonly fresh: boolean;
}

/** The installed agent is killed at its writing system calls: those of a first run, and of a later one. */
export async function killedAtCalls({ place, random, seconds, broken }: PartInput): Promise<Held[]> {
  const until = performance.now() + seconds * 1_000;
  const grown = place.mac('killed-at-calls');
  const points = [...(await pointsOf(grown, true)), ...(await pointsOf(grown, false))];
  const all = points.length;
  let killed = 0;
  let tried = 0;
  while (performance.now() < until && points.length > 0) {
    const [point] = points.splice(random(points.length), 1);
    if (point === undefined) break;
    const mac = point.fresh ? place.mac(`killed-${tried}`) : grown;
    const where = `${point.call} ${point.at} of a ${point.fresh ? 'first' : 'later'} run`;
    tried += 1;
    mac.refresh();
    const inject = ['-e', `trace=${point.call}`, '-e', `inject=${point.call}:signal=KILL:when=${point.at}`];
    if (await wasKilled(mac, [...straceOf(mac, '/dev/null'), ...inject])) killed += 1;
    for (const fault of mac.faults()) broken(`killed at ${where}: ${fault}`);
    mac.watch();
    if (point.fresh) await startsAgain(mac, where, broken);
  }
  await startsAgain(grown, 'the last call', broken);
  return [
    {
      promise:
        'Killed at a system call that writes, renames, deletes or flushes one of its files, in the run that creates the history and in later ones: no event that a reader saw is lost, nothing is recorded twice, the database is sound, and the next start works.',
      figure: `${killed} kills at ${tried} of ${all} such calls; of ${grown.acknowledged} events in the history that grows none lost, none twice; ${grown.quarantined()} quarantined`,
    },
  ];
}

/** The writing calls of one whole run. */
async function pointsOf(mac: ChaosMac, fresh: boolean): Promise<Point[]> {
  const trace = join(mac.folder, `trace-${fresh}`);
  mac.refresh();
  const run = mac.start([...straceOf(mac, trace), '-e', `trace=${writing.join()}`]);
  await mac.polls(2, 60_000, run);
  await mac.stop(run);
  const counts = new Map<string, number>();
  for (const [, call = ''] of readFileSync(trace, 'utf8').matchAll(/^\d+ +(\w+)\(/gm))
    counts.set(call, (counts.get(call) ?? 0) + 1);
  return [...counts].flatMap(([call, count]) =>
    Array.from({ length: count }, (_, index) => ({ call, at: index + 1, fresh })),
  );
}

/** False: the run ended by SIGTERM before such a call. */
async function wasKilled(mac: ChaosMac, under: readonly string[]): Promise<boolean> {
  const run = mac.start(under);
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
