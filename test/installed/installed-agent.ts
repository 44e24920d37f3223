import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installSysroot, type Sysroot } from '../../agent/simulation/sysroot.ts';
import { builtOnce } from '../helpers/built-once.ts';
import { underFileLimit } from '../helpers/file-limit.ts';
import { type InstalledTree, readInstalled, unpackInstalled } from './unpack-installed.ts';

const crashes: readonly NodeJS.Signals[] = ['SIGABRT', 'SIGBUS', 'SIGILL', 'SIGSEGV', 'SIGTRAP'];

/** The unpacked package, built once a test run. */
async function installedTree(): Promise<InstalledTree> {
  const folder = await builtOnce('installed', async (building) => void (await unpackInstalled(building)));
  return readInstalled(join(folder, 'payload'));
}

/** A started agent, with its output so far. */
export interface InstalledRun {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;
}

interface RunOptions {
  /** Seconds between polls; 1 by default. */
  readonly every?: number;
  /** Added to the LaunchAgent's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What `launchctl setenv` gave the session; the LaunchAgent's variables replace these. */
  readonly session?: Readonly<Record<string, string>>;
  readonly uid?: number;
  /** See test/helpers/file-limit.ts. */
  readonly fileLimitKiB?: number;
}

/** The installed agent and a simulated Mac, in separate folders. */
export interface InstalledAgent {
  readonly folder: string;
  readonly dataDir: string;
  readonly mac: Sysroot;
  /** Starts it as launchd does: with the flags and the environment of the LaunchAgent only. */
  run(options?: RunOptions): InstalledRun;
  /** Runs the installed command line to its end. */
  command(args: readonly string[]): { status: number | null; stdout: string; stderr: string };
  /** Kills what still runs. */
  stop(): Promise<void>;
  /** Kills what still runs and removes the folder. */
  end(): Promise<void>;
}

export async function installedAgent(): Promise<InstalledAgent> {
  const tree = await installedTree();
  const folder = mkdtempSync(join(tmpdir(), 'psso monitor installed '));
  const dataDir = join(folder, 'Application Support');
  const sysroot = join(folder, 'Mac');
  const mac = installSysroot(sysroot);
  const runs: InstalledRun[] = [];
  async function stop(): Promise<void> {
    for (const { child, ended } of runs) {
      child.kill('SIGKILL');
      const { signal } = await ended;
      // A test that waits for such an agent would only say that it waited in vain.
      if (signal !== null && crashes.includes(signal)) throw new Error(`An agent crashed with ${signal}.`);
    }
  }
  return {
    folder,
    dataDir,
    mac,
    run({ every = 1, environment = {}, session = {}, uid, fileLimitKiB } = {}) {
      const args = ['run', '--sysroot', sysroot, '--data-dir', dataDir, '--every', String(every)];
      const command = [tree.node, ...tree.flags, tree.entry, ...args];
      const [program, ...rest] = underFileLimit(command, fileLimitKiB);
      const child = spawn(program, rest, {
        cwd: '/',
        env: { ...session, ...tree.environment, HOME: folder, TZ: 'UTC', ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(uid === undefined ? {} : { uid, gid: uid }),
      });
      if (child.pid === undefined) {
        child.once('error', () => {});
        throw new Error(`${program} can't be started${uid === undefined ? '' : ` by the user ${uid}`}`);
      }
      const output = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output.stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        output.stderr += text;
      });
      const ended = new Promise<Awaited<InstalledRun['ended']>>((resolve) => {
        child.once('close', (status, signal) => resolve({ status, signal }));
      });
      const run = { child, output, ended };
      runs.push(run);
      return run;
    },
    command(args) {
      const ran = spawnSync(tree.node, [tree.entry, ...args, '--data-dir', dataDir], {
        env: { PATH: '/usr/bin:/bin', HOME: folder, TZ: 'UTC' },
        encoding: 'utf8',
      });
      return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr };
    },
    stop,
    async end() {
      try {
        await stop();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
