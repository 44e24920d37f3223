import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as z from 'zod';
import { manPage } from '../scripts/man-page.ts';
import {
  type Architecture,
  architectures,
  architecturesOf,
  type PackageArchitecture,
} from './architecture.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { BuildError } from './build-error.ts';
import { bundleAgent, prebuiltAddon } from './bundle.ts';
import { flatPackage } from './flat-package.ts';
import { universalBinary } from './formats/fat.ts';
import type { Entry } from './formats/tree.ts';
import { launcher } from './launcher.ts';
import { licencesText } from './licences.ts';
import { lintPayload } from './lint-payload.ts';
import { type NodeRuntime, nodeRuntime } from './node-runtime.ts';
import { addFolder, addForAdmins, addText, installerScripts, type PackageFiles } from './package-files.ts';
import { payloadEntries, scriptEntries } from './payload.ts';
import { profiles } from './profiles/profiles.ts';
import { type ShippedPackage, shippedPackages } from './shipped-packages.ts';
import { type Identities, nodeEntitlements, signedCopy } from './signing.ts';
import { type PartSize, sizesOf } from './size-report.ts';

export interface BuiltPackage {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly payload: readonly Entry[];
  readonly scripts: readonly Entry[];
  readonly sizes: readonly PartSize[];
  readonly node: string;
}

export interface BuildOptions {
  /** The checkout. */
  readonly root: string;
  readonly version: string;
  readonly architecture: PackageArchitecture;
  /** Seconds, UTC: the time of every file in the package. */
  readonly builtAt: number;
  /** Folder of the downloaded archives of Node, kept between builds. */
  readonly cache: string;
  /** Official tarballs of Node, instead of npm's packages. */
  readonly tarballs: { readonly arm64?: string | undefined; readonly x86_64?: string | undefined };
  readonly identities: Identities;
  readonly say: (line: string) => void;
}

/** Builds the package, unsigned. Throws BuildError. */
export async function buildPackage(options: BuildOptions): Promise<BuiltPackage> {
  const { root, version, architecture, builtAt, identities, say } = options;
  const wanted = architecturesOf(architecture);
  const runtimes = await nodeRuntimes(wanted, options);
  const addons = wanted.map((one) => ({
    architecture: one,
    content: readFileSync(prebuiltAddon(architectures[one].addon)),
  }));

  say('Bundling the agent');
  const files: PackageFiles = new Map();
  const packages = await addBundle(files, root, wanted);
  addText(files, 'bin/psso-monitor', launcher(), true);
  addForAdmins(files, root);
  addText(files, 'share/man/man1/psso-monitor.1', await manPage({ version, builtAt }));
  const teamIdentifier = identities.resignNode ? (identities.team ?? undefined) : undefined;
  for (const [name, text] of profiles({ changedAt: builtAt, teamIdentifier }))
    addText(files, `share/profiles/${name}`, text);
  addLicences(files, options, { runtimes, addons, packages });
  addPrograms(files, identities, { runtimes, addons });

  const payload = payloadEntries(files, builtAt);
  const scripts = scriptEntries(installerScripts(root), builtAt);
  const problems = lintPayload(payload, scripts);
  if (problems.length > 0) throw new BuildError(problems.join('\n'));
  say('Packing');
  const { bytes, payloadBytes } = flatPackage({ payload, scripts, version, architecture, builtAt });
  return {
    bytes,
    sha256: sha256(bytes),
    payload,
    scripts,
    sizes: sizesOf(files, payloadBytes),
    node: runtimes[0]?.version ?? '',
  };
}

interface Program {
  readonly architecture: Architecture;
  readonly content: Uint8Array;
}

/** Node for each architecture, all of one version. */
async function nodeRuntimes(
  wanted: readonly Architecture[],
  { root, cache, tarballs, say }: BuildOptions,
): Promise<NodeRuntime[]> {
  const runtimes: NodeRuntime[] = [];
  for (const one of wanted) {
    say(`Node for ${one}: reading and verifying its signature`);
    runtimes.push(await nodeRuntime(one, { root, cache, tarball: tarballs[one] }));
  }
  const versions = new Set(runtimes.map((runtime) => runtime.version));
  if (versions.size > 1) throw new BuildError(`The two Nodes differ: ${[...versions].join(' and ')}.`);
  return runtimes;
}

/** Adds the agent's bundle, and returns the npm packages in it. `addPrograms` replaces its addon. */
async function addBundle(
  files: PackageFiles,
  root: string,
  wanted: readonly Architecture[],
): Promise<ShippedPackage[]> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-bundle-'));
  try {
    const addon = prebuiltAddon(architectures[wanted[0] ?? 'arm64'].addon);
    const metafiles = await bundleAgent({ folder, addon });
    addFolder(files, folder, 'lib');
    return shippedPackages(root, metafiles);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function addLicences(
  files: PackageFiles,
  { root, version, builtAt }: BuildOptions,
  parts: {
    readonly runtimes: readonly NodeRuntime[];
    readonly addons: readonly Program[];
    readonly packages: readonly ShippedPackage[];
  },
): void {
  const { runtimes, packages } = parts;
  const own = readFileSync(join(root, 'LICENSE'), 'utf8');
  const { version: node = '', licence = '' } = runtimes[0] ?? {};
  addText(files, 'share/licences/licences.txt', licencesText(own, { version: node, licence }, packages));
  const addons = parts.addons.map((addon) => ({ ...addon, sha256: sha256(addon.content) }));
  const bill = billOfMaterials({ version, builtAt, runtimes, addons, sqlite: sqliteVersion(), packages });
  addText(files, 'share/licences/psso-monitor.cdx.json', bill);
}

/** Of the SQLite in better-sqlite3, which is the same for every processor. */
function sqliteVersion(): string {
  const db = new Database(':memory:');
  try {
    return z.string().parse(db.prepare('SELECT sqlite_version()').pluck().get());
  } finally {
    db.close();
  }
}

/** Adds Node and the SQLite addon, signed again where there is an identity for it. */
function addPrograms(
  files: PackageFiles,
  { application, resignNode }: Identities,
  { runtimes, addons }: { runtimes: readonly NodeRuntime[]; addons: readonly Program[] },
): void {
  const addon = joined(addons);
  files.set('lib/better_sqlite3.node', {
    content: application === null ? addon : signedCopy(addon, application, null),
    executable: true,
  });
  const runtime = joined(runtimes.map(({ architecture, binary }) => ({ architecture, content: binary })));
  files.set('bin/node', {
    content:
      resignNode && application !== null ? signedCopy(runtime, application, nodeEntitlements) : runtime,
    executable: true,
  });
}

function joined(parts: readonly Program[]): Uint8Array {
  const [first] = parts;
  if (first === undefined) throw new BuildError('There is no architecture to build for.');
  if (parts.length === 1) return first.content;
  return universalBinary(parts.map(({ architecture, content }) => ({ cpu: architecture, content })));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes a temporary file, then renames it: a failed build keeps the older package. Throws BuildError. */
export function writeWhole(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  const partial = `${path}.partial`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(partial, bytes);
    renameSync(partial, path);
  } catch (cause) {
    if (statSync(partial, { throwIfNoEntry: false })?.isFile()) rmSync(partial);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BuildError(`${path} could not be written: ${why}`, { cause });
  }
  return path;
}
