import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { installSysroot, type Sysroot } from '../../agent/simulation/sysroot.ts';
import { openReader } from '../../agent/store/reader.ts';
import type { EventRow } from '../../agent/store/store.ts';
import { type InstalledTree, unpackInstalled } from '../../test/installed/unpack-installed.ts';

export interface ChaosPlace {
  readonly folder: string;
  readonly tree: InstalledTree;
  /** A new simulated Mac with a data folder that does not exist yet. */
  mac(name: string): ChaosMac;
  /** Kills every process of every Mac, and removes the folder. */
  end(): Promise<void>;
}

/** A process that was started, and how it ended. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;
}

export async function chaosPlace(): Promise<ChaosPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-chaos-'));
  const tree = await unpackInstalled(join(folder, 'package'));
  const macs: ChaosMac[] = [];
  return {
    folder,
    tree,
    mac(name) {
      const mac = new ChaosMac(join(folder, name), tree);
      macs.push(mac);
      return mac;
    },
    async end() {
      for (const mac of macs) await mac.killAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The installed agent on a simulated Mac, with what an observer outside can see of it. */
export class ChaosMac {
  readonly folder: string;
  readonly dataDir: string;
  readonly sysroot: string;
  readonly mac: Sysroot;
  readonly #tree: InstalledTree;
  readonly #started: Started[] = [];
  /** Events that a reader has seen: each must stay, with the same content. */
  readonly #ledger = new Map<string, string>();
  #received = Date.now() - 3_600_000;
  /** Refreshes so far. */
  refreshes = 0;

  constructor(folder: string, tree: InstalledTree) {
    this.folder = folder;
    this.dataDir = join(folder, 'data');
    this.sysroot = join(folder, 'Mac');
    this.mac = installSysroot(this.sysroot);
    this.#tree = tree;
  }

  get database(): string {
    return join(this.dataDir, 'events.db');
  }

  /** The number of different events that a reader has seen. */
  get acknowledged(): number {
    return this.#ledger.size;
  }

  /**
   * Starts the agent as launchd does; `under`: a program and its arguments before the agent's. `backOff`: the
   * run record is not changed before.
   */
  start(
    under: readonly string[] = [],
    {
      every = 1,
      environment = {},
      backOff = false,
    }: { every?: number; environment?: Record<string, string>; backOff?: boolean } = {},
  ): Started {
    if (!backOff) this.#withoutBackOff();
    const { node, flags, entry } = this.#tree;
    const args = ['run', '--sysroot', this.sysroot, '--data-dir', this.dataDir, '--every', String(every)];
    const [program = node, ...rest] = [...under, node, ...flags, entry, ...args];
    const child = spawn(program, rest, {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', ...this.#tree.environment, HOME: this.folder, TZ: 'UTC', ...environment },
      stdio: 'ignore',
    });
    const ended = new Promise<Awaited<Started['ended']>>((resolve) => {
      child.once('error', () => resolve({ status: -1, signal: null }));
      child.once('exit', (status, signal) => resolve({ status, signal }));
    });
    const started = { child, ended };
    this.#started.push(started);
    return started;
  }

  /** Sends SIGTERM; milliseconds until the end, and how it ended. */
  async stop({ child, ended }: Started): Promise<{ took: number } & Awaited<Started['ended']>> {
    const began = performance.now();
    child.kill('SIGTERM');
    const killed = setTimeout(() => child.kill('SIGKILL'), 15_000);
    const end = await ended;
    clearTimeout(killed);
    return { took: performance.now() - began, ...end };
  }

  async killAll(): Promise<void> {
    for (const { child, ended } of this.#started.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
  }

  /** macOS refreshes the tokens. */
  refresh(): void {
    this.#received += 10_000;
    this.refreshes += 1;
    this.mac.apply({ psso: { receivedAt: this.#received } });
  }

  /** The modification time of agent.json is that of the last poll. */
  polledAt(): number {
    return statSync(join(this.dataDir, 'agent.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  /** Waits for this many polls; false: they did not come in time, or `unless` ended. */
  async polls(count: number, within: number, unless?: Started): Promise<boolean> {
    const until = performance.now() + within;
    let ended = false;
    unless?.ended.then(() => {
      ended = true;
    });
    for (let seen = this.polledAt(), polled = 0; polled < count; ) {
      await sleep(20);
      if (ended || performance.now() > until) return false;
      const now = this.polledAt();
      if (now !== seen) polled += 1;
      seen = now;
    }
    return true;
  }

  /** What a reader sees; null: there is no database, or it can't be read now. */
  events(): EventRow[] | null {
    if (!existsSync(this.database)) return null;
    try {
      const reader = openReader({ path: this.database });
      try {
        return reader.events({});
      } finally {
        reader.close();
      }
    } catch {
      return null;
    }
  }

  count(kind: string): number {
    return (this.events() ?? []).filter((one) => one.kind === kind).length;
  }

  /** Notes what a reader sees, beside the agent. */
  watch(): void {
    for (const row of this.events() ?? []) this.#ledger.set(row.id, JSON.stringify(row));
  }

  /** Forgets what a reader has seen, as after damage to the files. */
  forget(): void {
    this.#ledger.clear();
  }

  /** The agent does not run. What is wrong: an event that a reader had seen is gone, one is there twice, … */
  faults(): string[] {
    const rows = this.events();
    if (rows === null) return [];
    const faults: string[] = [];
    const present = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
    for (const [id, row] of this.#ledger)
      if (present.get(id) !== row) faults.push(`an event that a reader had seen is gone or changed: ${row}`);
    const refreshed = rows.filter(({ kind }) => kind === 'token-refreshed').map(({ detail }) => detail);
    if (new Set(refreshed).size !== refreshed.length) faults.push('a refresh is recorded twice');
    const ids = rows.map(({ id }) => Number(id));
    if (ids.some((id, index) => id <= (ids[index - 1] ?? 0))) faults.push('the events are out of order');
    if (!this.#isSound()) faults.push('the database is damaged');
    return faults;
  }

  /** Quarantined databases. */
  quarantined(): number {
    if (!existsSync(this.dataDir)) return 0;
    return readdirSync(this.dataDir).filter((name) => name.includes('corrupt') && !/-(?:wal|shm)$/.test(name))
      .length;
  }

  /** Files under a temporary name. */
  partialFiles(): string[] {
    return readdirSync(this.dataDir).filter((name) => name.includes('.partial'));
  }

  /** Processes below this Mac's folder. */
  leftoverProcesses(): number {
    return readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(this.sysroot);
      } catch {
        return false;
      }
    }).length;
  }

  #isSound(): boolean {
    const db = new Database(this.database, { readonly: true });
    try {
      return db.pragma('integrity_check(1)', { simple: true }) === 'ok';
    } catch {
      return false;
    } finally {
      db.close();
    }
  }

  /** The back-off after several kills is tested elsewhere, and would leave nothing to disturb here. */
  #withoutBackOff(): void {
    const file = join(this.dataDir, 'agent.json');
    if (!existsSync(file)) return;
    const record: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof record !== 'object' || record === null) return;
    // The modification time is the end of the last poll.
    const { atime, mtime } = statSync(file);
    writeFileSync(file, JSON.stringify({ ...record, cleanStop: true, quickDeaths: 0 }));
    utimesSync(file, atime, mtime);
  }
}
