import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'plist';
import { version } from '../../agent/shared/version.ts';
import { installed } from '../../launchd/installed-paths.ts';
import { launchAgentSchema } from '../../launchd/schema.ts';
import { buildPackage } from '../../pkg-build/build-package.ts';
import { addonName } from '../../pkg-build/bundle.ts';
import { identitiesFrom } from '../../pkg-build/signing.ts';
import { hostAddon } from '../helpers/host-addon.ts';
import { unpack } from '../pkg-build/unpack.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The installed files, with this machine's Node and addon in the place of a Mac's: like them, other users can
 * run them, also where only their owner can enter the checkout.
 */
export interface InstalledTree {
  /** The command line: `bin/psso-monitor`. */
  readonly command: string;
  /** This machine's Node. */
  readonly node: string;
  /** Node's options in the LaunchAgent. */
  readonly flags: readonly string[];
  /** `lib/psso-monitor.mjs` of the unpacked package. */
  readonly entry: string;
  /** The LaunchAgent's environment variables. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Builds the package and unpacks it in `folder`. Throws BuildError, and Error when an unpacking program is
 * missing.
 */
export async function unpackInstalled(folder: string): Promise<InstalledTree> {
  for (const tool of ['bsdtar', 'cpio']) {
    try {
      execFileSync(tool, ['--version'], { stdio: 'ignore' });
    } catch (cause) {
      throw new Error(`${tool} is missing, which unpacks the package: npm run tools installs it.`, { cause });
    }
  }
  const { bytes } = await buildPackage({
    root,
    version,
    architecture: 'arm64',
    builtAt: 0,
    tarballs: {},
    payloadForm: 'stored',
    cache: join(root, 'build/cache'),
    identities: identitiesFrom({}),
    say: () => {},
  });
  const { payload } = unpack(bytes, folder);
  copyFileSync(hostAddon(), join(payload, installed.folder, 'lib', addonName));
  mkdirSync(dirname(join(payload, installed.node)), { recursive: true });
  copyFileSync(process.execPath, join(payload, installed.node));
  return readInstalled(payload);
}

/** The tree below an unpacked payload. It changes nothing there: running agents map its files. */
export function readInstalled(payload: string): InstalledTree {
  const { ProgramArguments, EnvironmentVariables } = launchAgentSchema.parse(
    parse(readFileSync(join(payload, installed.launchAgent), 'utf8')),
  );
  return {
    command: join(payload, installed.command),
    node: join(payload, installed.node),
    flags: ProgramArguments.slice(1, ProgramArguments.indexOf(installed.entry)),
    entry: join(payload, installed.entry),
    environment: EnvironmentVariables ?? {},
  };
}
