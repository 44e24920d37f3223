import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosMac } from './chaos-place.ts';
import { DiskModel, operationsOf } from './disk-model.ts';
import { inLanes } from './lanes.ts';
import type { Held, PartInput } from './part.ts';

const lanes = 4;
/** What a run records before anything else. */
const firstOfARun: readonly string[] = ['agent-crashed', 'gap', 'agent-started'];
const traced = 'openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,unlink,unlinkat,link';

/**
 * Power loss: every write of a run of the installed agent is recorded by strace, and replayed on a disk that
 * drops what was not flushed, up to a random moment. The installed agent starts on the result.
 */
export async function powerLoss({ place, random, seconds, broken }: PartInput): Promise<Held[]> {
  const until = performance.now() + seconds * 1_000;
  const mac = place.mac('power-loss');
  const trace = join(mac.folder, 'writes');
  const run = mac.start([
    'strace',
    '-D',
    '-f',
    '-qq',
    '-y',
    '-xx',
    '-s',
    '1100000',
    '-o',
    trace,
    '-e',
    `trace=${traced}`,
  ]);
  await mac.polls(2, 60_000, run);
  const began = performance.now();
  while (performance.now() - began < (seconds * 1_000) / 3) {
    mac.refresh();
    await mac.polls(2, 10_000, run);
  }
  await mac.stop(run);
  // strace writes its last lines after the agent has ended.
  await sleep(300);
  const written = (mac.events() ?? []).map((row) => JSON.stringify(row));
  const operations = operationsOf(readFileSync(trace, 'latin1'), mac.dataDir);
  const macs = Array.from({ length: lanes }, (_, lane) => place.mac(`power-loss-${lane}`));
  const figures = { states: 0, kept: 0 };
  await inLanes(lanes, async (lane) => {
    const next = macs[lane];
    if (next === undefined) return false;
    const cut = random(operations.length + 1);
    const disk = new DiskModel();
    for (const operation of operations.slice(0, cut)) disk.apply(operation);
    putFiles(next, disk.afterPowerLoss(random), random);
    const found = await startedOn(next, written);
    figures.states += 1;
    if (typeof found === 'string')
      broken(`after power loss at write ${cut} of ${operations.length}: ${found}`);
    else figures.kept += found;
    return performance.now() < until;
  });
  const { states, kept } = figures;
  return [
    {
      promise:
        'Power loss, on a disk that drops or tears any write since the last flush of its file: the installed agent starts on it and polls, the database is sound and not quarantined, and holds the history up to some moment, without a gap. (The last seconds can be lost: SQLite flushes at each checkpoint.)',
      figure: `${states} disks, each cut at one of ${operations.length} writes of a run with ${written.length} events; ${(kept / Math.max(1, states)).toFixed(1)} events kept on average`,
    },
  ];
}

/** The files that a disk held after power was lost. */
function putFiles(mac: ChaosMac, files: Map<string, Buffer>, random: (below: number) => number): void {
  rmSync(mac.dataDir, { recursive: true, force: true });
  mkdirSync(mac.dataDir, { mode: 0o700 });
  for (const [name, content] of files) writeFileSync(join(mac.dataDir, name), content, { mode: 0o600 });
  // SQLite must not trust the shared memory of the run before.
  const shm = join(mac.dataDir, 'events.db-shm');
  rmSync(shm, { force: true });
  if (random(2) === 0) writeFileSync(shm, Buffer.alloc(32_768, random(256)));
  mac.forget();
}

/** Starts the installed agent: the number of events that it found there, or what is wrong. */
async function startedOn(mac: ChaosMac, written: readonly string[]): Promise<number | string> {
  const run = mac.start([], { backOff: true });
  if (!(await mac.polls(2, 60_000, run))) return 'the agent does not poll';
  const { status } = await mac.stop(run);
  if (status !== 0) return `SIGTERM ended the agent with ${status}`;
  if (mac.quarantined() > 0) return 'the database was quarantined';
  const [fault] = mac.faults();
  if (fault !== undefined) return fault;
  const rows = mac.events() ?? [];
  const began = rows.findIndex((row, index) => JSON.stringify(row) !== written[index]);
  if (began < 0) return 'no start is recorded';
  return firstOfARun.includes(rows[began]?.kind ?? '')
    ? began
    : 'the history is no beginning of the written one';
}
