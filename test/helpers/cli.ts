import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { commandFlags } from '../../pkg-build/launcher.ts';
import { builtOnce } from './built-once.ts';

const checkoutEntry = fileURLToPath(new URL('../../agent/psso-monitor.js', import.meta.url));

/** The command line that the package installs: the bundle, which takes half the processor time to start. */
export const entry = join(
  await builtOnce('bundle', async (folder) => {
    // Most test files find the bundle built, and need no esbuild.
    const { bundleAgent } = await import('../../pkg-build/bundle.ts');
    const { hostAddon } = await import('./host-addon.ts');
    await bundleAgent({ folder, addon: hostAddon() });
  }),
  'psso-monitor.mjs',
);

// The commands share one cache of compiled code. It goes with the bundle, whose path is another in each run.
process.env.NODE_COMPILE_CACHE = join(inject('builtFolder'), 'compiled');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

function ranByNode(args: readonly string[], options: CliOptions): Ran {
  const ran = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr };
}

/** Runs the command line in a separate process, with the options of Node that the package gives it. */
export const cli = (args: readonly string[], options: CliOptions = {}): Ran =>
  ranByNode([...commandFlags, entry, ...args], options);

/** Runs the command line of the checkout, which calls itself `npm run -s psso-monitor --`. */
export const checkoutCli = (args: readonly string[], options: CliOptions = {}): Ran =>
  ranByNode([checkoutEntry, ...args], options);

/** The names of the commands, as the help lists them. */
export function listedCommands(): string[] {
  const [, list = ''] = cli(['--help']).stdout.split('\nCommands:\n');
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*) /gm)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'help' && name !== 'psso-monitor');
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ status: number | null; signal: NodeJS.Signals | null; stderr: string }>;
}

/** Starts a command that does not end by itself, such as `run`. */
export function start(args: readonly string[]): Running {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.resume();
  const ended = new Promise<Awaited<Running['ended']>>((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, stderr }));
  });
  return { child, ended };
}
