import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { installSysroot } from '../agent/simulation/sysroot.ts';
import { openReader } from '../agent/store/reader.ts';
import type { EventRow } from '../agent/store/store.ts';
import { unpackInstalled } from '../test/installed/unpack-installed.ts';
import { randomOf } from './fuzz/random-texts.ts';

// npm run chaos -- [--seconds N] [--seed N]: the agent of the package, on a simulated Mac, with accidents at
// random. It prints figures for docs/reliability.md, and ends with status 1 where a promise was broken.

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '300' }, seed: { type: 'string' } },
});
const seconds = Number(values.seconds);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const random = randomOf(seed);
/** launchd sends SIGKILL 10 s after SIGTERM in the LaunchAgent; the agent promises far less. */
const stopsWithinMs = 10_000;

const figures = {
  starts: 0,
  kills: 0,
  stops: 0,
  pauses: 0,
  hangingCommands: 0,
  garbledAnswers: 0,
  damages: 0,
  refreshes: 0,
  acknowledged: 0,
  lost: 0,
  recordedTwice: 0,
  failedChecks: 0,
  quarantined: 0,
  slowestStopMs: 0,
  peakMegabytes: 0,
  leftoverProcesses: 0,
};
const broken: string[] = [];

console.log(`chaos: ${seconds} s, --seed ${seed}`);
const folder = mkdtempSync(join(tmpdir(), 'psso-chaos-'));
const dataDir = join(folder, 'data');
const database = join(dataDir, 'events.db');
const sysroot = join(folder, 'Mac');
const tree = await unpackInstalled(join(folder, 'package'));
const mac = installSysroot(sysroot);
/** Events that a reader has seen: each must stay, with the same content. */
const ledger = new Map<string, string>();
let child: ChildProcess | null = null;
let startedAt = 0;
let received = Date.now() - 3_600_000;

const actions: Readonly<Record<string, () => Promise<void>>> = {
  refresh: async () => {
    figures.refreshes += 1;
    received += 10_000;
    mac.apply({ psso: { receivedAt: received } });
  },
  kill: async () => {
    figures.kills += 1;
    await end('SIGKILL');
  },
  stop: async () => {
    figures.stops += 1;
    const { status, took } = await end('SIGTERM');
    figures.slowestStopMs = Math.max(figures.slowestStopMs, Math.round(took));
    if (status !== 0) broken.push(`SIGTERM ended the agent with status ${status}`);
    if (took > stopsWithinMs) broken.push(`SIGTERM took ${Math.round(took)} ms`);
  },
  pause: async () => {
    figures.pauses += 1;
    child?.kill('SIGSTOP');
    await sleep(500 + random(3_000));
    child?.kill('SIGCONT');
  },
  hang: async () => {
    figures.hangingCommands += 1;
    mac.apply({ appSso: { fail: 'timeout' } });
    await sleep(random(3_000));
    mac.apply({ appSso: null });
  },
  garble: async () => {
    figures.garbledAnswers += 1;
    mac.apply({ appSso: { text: `Device Configuration:\n{${'x'.repeat(random(10_000))}` } });
    await sleep(random(3_000));
    mac.apply({ appSso: null });
  },
  damage: async () => {
    if (random(4) !== 0 || !existsSync(database)) return;
    figures.damages += 1;
    await end('SIGKILL');
    const bytes = readFileSync(database);
    for (let at = random(bytes.length), left = 4096; left > 0 && at < bytes.length; at += 1, left -= 1)
      bytes[at] = random(256);
    writeFileSync(database, bytes);
    // What was damaged is quarantined; how much of it is read again is the store's own promise.
    ledger.clear();
  },
};

try {
  start();
  const until = performance.now() + seconds * 1_000;
  const names = Object.keys(actions);
  while (performance.now() < until) {
    await sleep(random(1_500));
    watch();
    await actions.refresh?.();
    await sleep(random(1_500));
    await actions[names[random(names.length)] ?? '']?.();
    if (child === null) {
      check();
      start();
    }
  }
  await actions.stop?.();
  check();
  figures.leftoverProcesses = leftoverProcesses();
  if (figures.leftoverProcesses > 0) broken.push('commands of the Mac are still running');
} finally {
  await end('SIGKILL');
  if (existsSync(dataDir))
    figures.quarantined = readdirSync(dataDir).filter(
      (name) => name.includes('corrupt') && !/-(?:wal|shm)$/.test(name),
    ).length;
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify(figures, null, 2));
for (const what of new Set(broken)) console.log(`chaos: broken: ${what}`);
process.exitCode = broken.length === 0 ? 0 : 1;

function start(): void {
  figures.starts += 1;
  startedAt = performance.now();
  withoutBackOff();
  const args = ['run', '--sysroot', sysroot, '--data-dir', dataDir, '--every', '1'];
  const started = spawn(tree.node, [...tree.flags, tree.entry, ...args], {
    cwd: '/',
    env: { ...tree.environment, HOME: folder, TZ: 'UTC' },
    stdio: 'ignore',
  });
  started.once('exit', (status) => {
    // It ends by itself after damage that it met at work, and launchd starts it again.
    if (child === started && status !== null && status > 1) broken.push(`the agent ended with ${status}`);
    if (child === started) child = null;
  });
  child = started;
}

/** Ends the agent, if it runs. `status` null: it ended by a signal; `took`: milliseconds from the signal. */
async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ status: number | null; took: number }> {
  const running = child;
  if (running === null) return { status: 0, took: 0 };
  // A signal before Node listens ends it with that signal.
  if (signal === 'SIGTERM') await sleep(Math.max(0, startedAt + 1_500 - performance.now()));
  child = null;
  if (running.exitCode !== null) return { status: 0, took: 0 };
  const began = performance.now();
  const gone = new Promise<number | null>((resolve) => running.once('exit', resolve));
  running.kill(signal);
  const killed = setTimeout(() => running.kill('SIGKILL'), stopsWithinMs + 5_000);
  const status = await gone;
  clearTimeout(killed);
  return { status, took: performance.now() - began };
}

/** The back-off after several kills is tested elsewhere, and would leave nothing to disturb here. */
function withoutBackOff(): void {
  const file = join(dataDir, 'agent.json');
  if (!existsSync(file)) return;
  const record: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof record === 'object' && record !== null)
    writeFileSync(file, JSON.stringify({ ...record, cleanStop: true, quickDeaths: 0 }));
}

function events(): EventRow[] | null {
  if (!existsSync(database)) return null;
  try {
    const reader = openReader({ path: database });
    try {
      return reader.events({});
    } finally {
      reader.close();
    }
  } catch {
    return null;
  }
}

/** Notes what a reader sees, beside the agent. */
function watch(): void {
  for (const row of events() ?? []) ledger.set(row.id, JSON.stringify(row));
  figures.acknowledged = Math.max(figures.acknowledged, ledger.size);
  try {
    const status = readFileSync(`/proc/${child?.pid}/status`, 'utf8');
    const megabytes = Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    figures.peakMegabytes = Math.max(figures.peakMegabytes, megabytes);
  } catch {
    // It has just ended, or this is no Linux.
  }
}

/** The agent does not run: everything seen is there, nothing twice, and the pages are sound. */
function check(): void {
  const rows = events();
  if (rows === null) return;
  const present = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
  for (const [id, row] of ledger) {
    if (present.get(id) === row) continue;
    figures.lost += 1;
    broken.push(`an event that a reader had seen is gone or changed: ${row.slice(0, 200)}`);
  }
  const refreshes = rows.filter(({ kind }) => kind === 'token-refreshed').map(({ detail }) => detail);
  const twice = refreshes.length - new Set(refreshes).size;
  figures.recordedTwice = Math.max(figures.recordedTwice, twice);
  if (twice > 0) broken.push('a refresh is recorded twice');
  const db = new Database(database, { readonly: true });
  try {
    if (db.pragma('quick_check(1)', { simple: true }) === 'ok') return;
  } catch {
    // Counted below.
  } finally {
    db.close();
  }
  // Damage of this run is found by the next start.
  if (figures.damages > 0) return;
  figures.failedChecks += 1;
  broken.push('the database is damaged after a kill');
}

/** Processes below this Mac's folder. */
function leftoverProcesses(): number {
  if (!existsSync('/proc')) return 0;
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(sysroot);
    } catch {
      return false;
    }
  }).length;
}
