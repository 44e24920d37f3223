import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchAgent, nodeFlags } from '../../launchd/launch-agent.ts';
import { bundleAgent, prebuiltAddon } from '../../pkg-build/bundle.ts';
import { installSysroot, type Sysroot } from '../../test/mac/sysroot.ts';

/** What is measured: the bundle that the package ships, with this machine's Node and addon, and a simulated Mac. */
export interface BenchPlace {
  readonly folder: string;
  /** A copy of Node for whoever is measured alone: PSS shares the pages of one file among its processes. */
  node(name: string): string;
  readonly entry: string;
  readonly sysroot: string;
  readonly mac: Sysroot;
  readonly flags: readonly string[];
  /** As launchd gives it. */
  readonly environment: Record<string, string>;
  readonly bundleBytes: number;
  end(): void;
}

export async function benchPlace(): Promise<BenchPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-bench-'));
  const lib = join(folder, 'lib');
  const metafiles = await bundleAgent({
    folder: lib,
    addon: prebuiltAddon(`linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}`),
  });
  const sysroot = join(folder, 'mac');
  const mac = installSysroot(sysroot);
  const real = fileURLToPath(
    new URL(`../../node_modules/node-linux-${process.arch}/bin/node`, import.meta.url),
  );
  return {
    folder,
    node(name) {
      const copy = join(folder, `node-${name}`);
      copyFileSync(real, copy);
      return copy;
    },
    entry: join(lib, 'psso-monitor.mjs'),
    ...{ sysroot, mac },
    flags: nodeFlags,
    environment: { ...launchAgent.EnvironmentVariables, HOME: folder, TZ: 'UTC' },
    bundleBytes: metafiles
      .flatMap(({ outputs }) => Object.values(outputs))
      .reduce((sum, { bytes }) => sum + bytes, 0),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The command line of the agent at work in a data folder of its own. */
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
