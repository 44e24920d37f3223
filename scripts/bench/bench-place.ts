import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installSysroot, type Sysroot } from '../../agent/simulation/sysroot.ts';
import { unpackInstalled } from '../../test/installed/unpack-installed.ts';

/** The installed files with this machine's Node and addon instead of a Mac's, and a simulated Mac. */
export interface BenchPlace {
  readonly folder: string;
  /** A copy of Node for a process that is measured alone: PSS divides shared pages among processes. */
  node(name: string): string;
  readonly entry: string;
  readonly sysroot: string;
  readonly mac: Sysroot;
  /** Node's, as launchd gives them. */
  readonly flags: readonly string[];
  /** As launchd gives it. */
  readonly environment: Record<string, string>;
  end(): void;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds the package and unpacks it. Throws BuildError, and Error where this machine lacks what unpacks it.
 */
export async function benchPlace(): Promise<BenchPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-bench-'));
  const end = () => rmSync(folder, { recursive: true, force: true });
  try {
    return { ...(await placeIn(folder)), end };
  } catch (error) {
    end();
    throw error;
  }
}

async function placeIn(folder: string): Promise<Omit<BenchPlace, 'end'>> {
  const { entry, flags, environment } = await unpackInstalled(join(folder, 'package'));
  const sysroot = join(folder, 'mac');
  const mac = installSysroot(sysroot);
  const real = join(root, `node_modules/node-linux-${process.arch}/bin/node`);
  return {
    folder,
    node(name) {
      const copy = join(folder, `node-${name}`);
      copyFileSync(real, copy);
      return copy;
    },
    entry,
    sysroot,
    mac,
    flags,
    environment: { ...environment, HOME: folder, TZ: 'UTC' },
  };
}

/** The command line of the running agent with a separate data folder. */
export function agentCommand(place: BenchPlace, node: string, data: string, everySeconds: number): string[] {
  const bench = [
    '--sysroot',
    place.sysroot,
    '--data-dir',
    join(place.folder, data),
    '--every',
    String(everySeconds),
  ];
  return [node, ...place.flags, place.entry, 'run', ...bench];
}

export const bareNode = (node: string): string[] => [node, '-e', 'setInterval(() => {}, 60_000)'];
