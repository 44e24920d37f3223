import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosMac } from './chaos-place.ts';
import type { Held, PartInput } from './part.ts';
import { failCalls } from './strace.ts';

/** What a system call answers while a disk or a volume fails. */
const failures = [
  ['pwrite64', 'ENOSPC'],
  ['pwrite64', 'EIO'],
  ['pwrite64', 'EDQUOT'],
  ['fsync,fdatasync', 'EIO'],
  ['fsync,fdatasync', 'ENOSPC'],
  ['ftruncate', 'EIO'],
  ['rename', 'EIO'],
  ['rename', 'EROFS'],
  ['unlink', 'EROFS'],
  ['openat', 'EMFILE'],
  ['openat', 'EIO'],
  ['openat', 'EACCES'],
  ['openat', 'ENFILE'],
  ['pread64', 'EIO'],
  ['pread64', 'ENXIO'],
  ['pread64', 'ENOMEM'],
  ['read', 'EIO'],
  ['fstat,newfstatat,statx', 'EIO'],
  ['getdents64', 'EIO'],
  ['mmap', 'ENOMEM'],
  ['fcntl', 'EIO'],
  ['fcntl', 'ENOLCK'],
  ['fcntl', 'EACCES'],
] as const;

/** Calls on the agent's files fail while it runs, and work again later. */
export async function failingCalls({ place, random, seconds, broken }: PartInput): Promise<Held[]> {
  const until = performance.now() + seconds * 1_000;
  const mac = place.mac('failing-calls');
  const left = [...failures];
  const held: string[] = [];
  while (performance.now() < until && left.length > 0) {
    const [failure] = left.splice(random(left.length), 1);
    if (failure === undefined) break;
    const [calls, code] = failure;
    await failing(mac, calls, code, (what) => broken(`${calls} answered ${code}: ${what}`));
    held.push(`${calls} ${code}`);
  }
  return [
    {
      promise:
        'System calls on its files fail while the agent works, and work again later: the agent stays, every refresh that it saw is recorded, none twice, and the next start records no crash.',
      figure: `${held.length} kinds (${held.sort().join('; ')}); ${mac.refreshes} refreshes, ${mac.count('token-refreshed')} recorded; ${mac.quarantined()} quarantined`,
    },
  ];
}

async function failing(
  mac: ChaosMac,
  calls: string,
  code: string,
  broken: (what: string) => void,
): Promise<void> {
  const run = mac.start();
  if (!(await mac.polls(3, 30_000, run))) return broken('no poll before it');
  await refreshSeen(mac);
  const before = mac.count('token-refreshed');
  const work = await failCalls({ dataDir: mac.dataDir, pid: run.child.pid, calls, code });
  for (let refresh = 0; refresh < 2; refresh += 1) {
    mac.refresh();
    // agent.json shows no poll while it can't be touched. For a lock that it can't have, SQLite asks for ten
    // seconds, and the agent waits.
    await mac.polls(2, 15_000, run);
  }
  await work();
  await refreshSeen(mac);
  const until = performance.now() + 20_000;
  while (mac.count('token-refreshed') < before + 3 && performance.now() < until) await sleep(100);
  const recorded = mac.count('token-refreshed') - before;
  if (recorded !== 3) broken(`${recorded} of 3 refreshes are recorded`);
  if (run.child.exitCode !== null) broken(`the agent ended with ${run.child.exitCode}`);
  mac.watch();
  const { status } = await mac.stop(run);
  if (status !== 0) broken(`SIGTERM ended the agent with ${status}`);
  for (const fault of mac.faults()) broken(fault);
  if (mac.count('agent-crashed') > 0) broken('a crash is recorded');
}

/** A refresh, and two polls. */
async function refreshSeen(mac: ChaosMac): Promise<void> {
  mac.refresh();
  await mac.polls(2, 20_000);
}
