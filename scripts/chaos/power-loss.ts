import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { version } from '../../agent/shared/version.ts';
import { openReader } from '../../agent/store/reader.ts';
import { openStore } from '../../agent/store/sqlite-store.ts';
import { DiskModel, operationsOf } from './disk-model.ts';
import type { Held, PartInput } from './part.ts';

const traced = 'openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,unlink,unlinkat,link';

/**
 * Power loss: every write of a run of the installed agent is recorded by strace, and replayed on a disk that
 * drops what was not flushed, up to a random moment. The result is opened as the next start opens it.
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
  let states = 0;
  let kept = 0;
  let unopened = 0;
  while (performance.now() < until || states === 0) {
    const disk = new DiskModel();
    const cut = random(operations.length + 1);
    for (const operation of operations.slice(0, cut)) disk.apply(operation);
    const folder = mkdtempSync(join(tmpdir(), 'psso-power-loss-'));
    try {
      const files = disk.afterPowerLoss(random);
      mkdirSync(folder, { recursive: true });
      for (const [name, content] of files)
        if (basename(name) !== 'events.db-shm') writeFileSync(join(folder, name), content);
      // SQLite must not trust the shared memory of the run before.
      if (random(2) === 0) writeFileSync(join(folder, 'events.db-shm'), Buffer.alloc(32_768, random(256)));
      states += 1;
      const rows = eventsAfter(folder);
      if (typeof rows === 'string') {
        broken(`after power loss at write ${cut} of ${operations.length}: ${rows}`);
        unopened += 1;
        continue;
      }
      kept += rows.length;
      if (rows.some((row, index) => row !== written[index]))
        broken(
          `after power loss at write ${cut} of ${operations.length} the history is no beginning of the written one`,
        );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return [
    {
      promise:
        'Power loss, on a disk that drops or tears any write since the last flush of its file: the database opens, is sound, and holds the history up to some moment, without a gap. (The last seconds can be lost: SQLite flushes at each checkpoint.)',
      figure: `${states} disks, each cut at one of ${operations.length} writes of a run with ${written.length} events; ${unopened} not opened or damaged; ${(kept / Math.max(1, states)).toFixed(1)} events kept on average`,
    },
  ];
}

/** The events that the next start finds, or what is wrong. */
function eventsAfter(folder: string): string[] | string {
  const path = join(folder, 'events.db');
  try {
    const store = openStore({ path, agentVersion: version, now: Date.now() });
    const { recovered } = store;
    store.check();
    store.close();
    if (recovered !== null) return `the database was quarantined: ${JSON.stringify(recovered)}`;
    const reader = openReader({ path });
    try {
      return reader.events({}).map((row) => JSON.stringify(row));
    } finally {
      reader.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
