import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'plist';
import { bundle } from '../launchd/installed-paths.ts';
import { type Architecture, architectures } from './architecture.ts';
import { BuildError } from './build-error.ts';
import { slices, universalBinary } from './formats/fat.ts';
import { ownBundle } from './own-bundle.ts';
import { addFolder, type PackageFiles } from './package-files.ts';
import { type ApplicationIdentity, mustRun, type RunTool, type Tool } from './signing.ts';
import { sha256 } from './write-whole.ts';

export interface Program {
  readonly architecture: Architecture;
  readonly content: Uint8Array;
}

export interface Programs {
  readonly files: PackageFiles;
  /** SHA-256 of what is shipped for one processor. */
  readonly hashes: (which: 'node' | 'addon', architecture: Architecture) => string;
}

/** Names in the code signatures, which allow-lists of an organisation rely on. They never change. */
export const signingIdentifiers = {
  node: bundle.identifier,
  addon: 'io.github.psso-monitor.sqlite',
} as const;

/**
 * Node's only right. The official build also has get-task-allow, library validation off and dyld variables
 * on, by which a process of the same user can run code in it. The addon needs none: it has Node's team.
 */
const entitlements = { 'com.apple.security.cs.allow-jit': true };

const addonPath = 'lib/better_sqlite3.node';

/** Node and SQLite's addon: unchanged, or with a Developer ID signed by it, and Node in the bundle. */
export function programs(parts: {
  readonly nodes: readonly Program[];
  readonly addons: readonly Program[];
  readonly version: string;
  readonly identity: ApplicationIdentity | null;
  readonly run: RunTool;
}): Programs {
  const { identity, version, run } = parts;
  const node = joined(parts.nodes);
  const addon = joined(parts.addons);
  const runsHere = parts.nodes.some(({ architecture }) => architectures[architecture].node === process.arch);
  const files: PackageFiles =
    identity === null
      ? new Map([
          ['bin/node', { content: node, executable: true }],
          [addonPath, { content: addon, executable: true }],
        ])
      : signed({ node, addon, version, identity, runsHere, run });
  const contentOf = (path: string) => files.get(path)?.content ?? new Uint8Array();
  const nodePath = identity === null ? 'bin/node' : `${bundle.name}/${bundle.program}`;
  return {
    files,
    hashes: (which, architecture) =>
      hashOf(contentOf(which === 'node' ? nodePath : addonPath), architectures[architecture].cpuType),
  };
}

function joined(parts: readonly Program[]): Uint8Array {
  const [first] = parts;
  if (first === undefined) throw new BuildError('There is no architecture to build for.');
  if (parts.length === 1) return first.content;
  return universalBinary(parts.map(({ architecture, content }) => ({ cpu: architecture, content })));
}

function hashOf(content: Uint8Array, cpuType: number): string {
  const slice = slices(content).find((one) => one.cpuType === cpuType);
  if (slice === undefined) throw new BuildError('A signed program has lost the part for a processor.');
  return sha256(slice.content);
}

interface Signing {
  readonly node: Uint8Array;
  readonly addon: Uint8Array;
  readonly version: string;
  readonly identity: ApplicationIdentity;
  /** Whether this machine can run Node. */
  readonly runsHere: boolean;
  readonly run: RunTool;
}

function signed({ node, addon, version, identity, runsHere, run }: Signing): PackageFiles {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-sign-'));
  try {
    const place = {
      bundle: join(folder, 'files', bundle.name),
      addon: join(folder, 'files', addonPath),
      entitlements: join(folder, 'entitlements.plist'),
    };
    const program = join(place.bundle, bundle.program);
    for (const [path, { content }] of ownBundle(version)) write(join(folder, 'files', path), content, 0o644);
    write(program, node, 0o755);
    write(place.addon, addon, 0o755);
    write(place.entitlements, Buffer.from(`${build(entitlements)}\n`), 0o644);
    for (const tool of signingTools(identity, place)) mustRun(run, tool);
    // A signature says nothing about a program that its rights let macOS end: it has to run.
    if (runsHere) mustRun(run, loadsAddon(program, place.addon));
    else console.log(`The signed Node is for another processor: it did not run here.`);
    const files: PackageFiles = new Map();
    addFolder(files, join(folder, 'files', bundle.name), bundle.name);
    files.set(addonPath, { content: readFileSync(place.addon), executable: true });
    return files;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(path: string, content: Uint8Array, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode });
}

/** Each part is signed by itself, never by `--deep`, then verified by name and team. */
function signingTools(
  { name, team }: ApplicationIdentity,
  place: { readonly bundle: string; readonly addon: string; readonly entitlements: string },
): Tool[] {
  const codesign = (...args: string[]): Tool => ({ command: '/usr/bin/codesign', args });
  const sign = (path: string, identifier: string, ...more: string[]) =>
    codesign(
      ...['--force', '--timestamp', '--options', 'runtime', '--identifier', identifier],
      ...[...more, '--sign', name, path],
    );
  const verify = (path: string, identifier: string) => {
    const requirement = `identifier "${identifier}" and anchor apple generic and certificate leaf[subject.OU] = "${team}"`;
    return codesign('--verify', '--strict', '--verbose=2', '-R', `=${requirement}`, path);
  };
  return [
    sign(place.addon, signingIdentifiers.addon),
    sign(place.bundle, signingIdentifiers.node, '--entitlements', place.entitlements),
    verify(place.addon, signingIdentifiers.addon),
    verify(place.bundle, signingIdentifiers.node),
  ];
}

function loadsAddon(program: string, addon: string): Tool {
  return { command: program, args: ['--eval', 'process.dlopen({ exports: {} }, process.argv[1])', addon] };
}
