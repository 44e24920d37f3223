import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'plist';
import { version } from '../../agent/version.ts';
import { installed } from '../../launchd/installed-paths.ts';
import { launchAgentSchema } from '../../launchd/schema.ts';
import { buildPackage } from '../../pkg-build/build-package.ts';
import { addonName, prebuiltAddon } from '../../pkg-build/bundle.ts';
import { identitiesFrom } from '../../pkg-build/signing.ts';
import { installSysroot, type Sysroot } from '../../test/mac/sysroot.ts';
import { unpack } from '../../test/pkg-build/unpack.ts';

/** What is measured: what the package installs, with this machine's Node and addon instead of a Mac's, and a simulated Mac. */
export interface BenchPlace {
  readonly folder: string;
  /** A copy of Node for whoever is measured alone: PSS shares the pages of one file among its processes. */
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

/** Builds the package and unpacks it. Throws BuildError, and Error where this machine lacks what unpacks it. */
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
  const payload = await unpackedPackage(join(folder, 'package'));
  copyFileSync(
    prebuiltAddon(`linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}`),
    join(payload, installed.folder, 'lib', addonName),
  );
  const entry = join(payload, installed.entry);
  const { ProgramArguments, EnvironmentVariables } = launchAgentSchema.parse(
    parse(readFileSync(join(payload, installed.launchAgent), 'utf8')),
  );
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
    ...{ entry, sysroot, mac },
    flags: ProgramArguments.slice(1, ProgramArguments.indexOf(installed.entry)),
    environment: { ...EnvironmentVariables, HOME: folder, TZ: 'UTC' },
  };
}

/** Where what the package installs is, below the folder that stands for a Mac's `/`. */
async function unpackedPackage(folder: string): Promise<string> {
  for (const tool of ['bsdtar', 'cpio']) {
    try {
      execFileSync(tool, ['--version'], { stdio: 'ignore' });
    } catch (cause) {
      throw new Error(`${tool} is missing, which unpacks the package: npm run tools installs it.`, { cause });
    }
  }
  const { bytes } = await buildPackage({
    ...{ root, version, architecture: 'arm64', builtAt: 0, tarballs: {} },
    cache: join(root, 'build/cache'),
    identities: identitiesFrom({}),
    say: () => {},
  });
  return unpack(bytes, folder).payload;
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
