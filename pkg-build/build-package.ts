import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manPage } from '../scripts/man-page.ts';
import { architectures, architecturesOf, type PackageArchitecture } from './architecture.ts';
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
import { shippedPackages } from './shipped-packages.ts';
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
  const { root, version, architecture, builtAt, cache, tarballs, identities, say } = options;
  const wanted = architecturesOf(architecture);

  const runtimes: NodeRuntime[] = [];
  for (const one of wanted) {
    say(`Node for ${one}: reading and verifying its signature`);
    runtimes.push(await nodeRuntime(one, { root, cache, tarball: tarballs[one] }));
  }
  const versions = new Set(runtimes.map((runtime) => runtime.version));
  const [node = ''] = versions;
  if (versions.size > 1) throw new BuildError(`The two Nodes differ: ${[...versions].join(' and ')}.`);

  say('Bundling the agent');
  const files: PackageFiles = new Map();
  const addons = wanted.map((one) => ({
    architecture: one,
    content: readFileSync(prebuiltAddon(architectures[one].addon)),
  }));
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-bundle-'));
  try {
    const metafiles = await bundleAgent({
      folder,
      addon: prebuiltAddon(architectures[wanted[0] ?? 'arm64'].addon),
    });
    addFolder(files, folder, 'lib');
    const packages = shippedPackages(root, metafiles);
    addText(files, 'bin/psso-monitor', launcher(), true);
    addForAdmins(files, root);
    addText(files, 'share/man/man1/psso-monitor.1', await manPage({ version, builtAt }));
    const teamIdentifier = identities.resignNode ? (identities.team ?? undefined) : undefined;
    for (const [name, text] of profiles({ changedAt: builtAt, teamIdentifier }))
      addText(files, `share/profiles/${name}`, text);
    const own = readFileSync(join(root, 'LICENSE'), 'utf8');
    const licence = runtimes[0]?.licence ?? '';
    addText(files, 'share/licences/licences.txt', licencesText(own, { version: node, licence }, packages));
    const hashed = addons.map((addon) => ({ ...addon, sha256: sha256(addon.content) }));
    addText(
      files,
      'share/licences/psso-monitor.cdx.json',
      billOfMaterials({ version, builtAt, runtimes, addons: hashed, packages }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  const { application, resignNode } = identities;
  const addon = joined(addons);
  files.set('lib/better_sqlite3.node', {
    content: application === null ? addon : signedCopy(addon, application, null),
    executable: true,
  });
  const runtime = joined(runtimes.map((one) => ({ architecture: one.architecture, content: one.binary })));
  files.set('bin/node', {
    content:
      resignNode && application !== null ? signedCopy(runtime, application, nodeEntitlements) : runtime,
    executable: true,
  });

  const payload = payloadEntries(files, builtAt);
  const scripts = scriptEntries(installerScripts(root), builtAt);
  const problems = lintPayload(payload, scripts);
  if (problems.length > 0) throw new BuildError(problems.join('\n'));
  say('Packing');
  const { bytes, payloadBytes } = flatPackage({ payload, scripts, version, architecture, builtAt });
  return { bytes, sha256: sha256(bytes), payload, scripts, sizes: sizesOf(files, payloadBytes), node };
}

function joined(parts: readonly { architecture: 'arm64' | 'x86_64'; content: Uint8Array }[]): Uint8Array {
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
