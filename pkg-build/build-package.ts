import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as z from 'zod';
import { bundle } from '../launchd/installed-paths.ts';
import { launchAgent, ownLaunchAgent } from '../launchd/launch-agent.ts';
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
import { flatPackage, type PayloadForm } from './flat-package.ts';
import type { Entry } from './formats/tree.ts';
import { launcher } from './launcher.ts';
import { licencesText } from './licences.ts';
import { lintPayload } from './lint-payload.ts';
import { type NodeRuntime, nodeRuntime } from './node-runtime.ts';
import { addFolder, addForAdmins, addText, installerScripts, type PackageFiles } from './package-files.ts';
import { payloadEntries, scriptEntries } from './payload.ts';
import { profiles } from './profiles/profiles.ts';
import { type Program, type Programs, programs } from './programs.ts';
import { type ShippedPackage, shippedPackages } from './shipped-packages.ts';
import { type Identities, runTool } from './signing.ts';
import { type PartSize, sizesOf } from './size-report.ts';
import { withoutSymbols } from './without-symbols.ts';
import { sha256 } from './write-whole.ts';

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
  /** By default gzip. */
  readonly payloadForm?: PayloadForm | undefined;
  /** Seconds, UTC: the time of every file in the package. */
  readonly builtAt: number;
  /** Folder of the downloaded archives of Node, kept between builds. */
  readonly cache: string;
  /** Official tarballs of Node, instead of npm's packages. */
  readonly tarballs: { readonly arm64?: string | undefined; readonly x86_64?: string | undefined };
  readonly identities: Identities;
  /** Leaves out Node's symbols, which only a build with an identity can do. */
  readonly strip?: boolean | undefined;
  readonly say: (line: string) => void;
}

/** Builds the package, unsigned. Throws BuildError. */
export async function buildPackage(options: BuildOptions): Promise<BuiltPackage> {
  const { root, version, architecture, builtAt, identities, say } = options;
  const wanted = architecturesOf(architecture);
  const runtimes = await nodeRuntimes(wanted, options);
  const addons = wanted.map(
    (one): Program => ({
      architecture: one,
      content: readFileSync(prebuiltAddon(architectures[one].addon)),
    }),
  );

  say('Bundling the agent');
  const files: PackageFiles = new Map();
  const packages = await addBundle(files, root, wanted);
  const { application } = identities;
  const shipped = programs({
    nodes: runtimes.map(({ architecture: processor, binary }) => ({
      architecture: processor,
      content: options.strip === true ? withoutSymbols(binary, runTool) : binary,
    })),
    addons,
    version,
    identity: application,
    run: runTool,
  });
  for (const [path, file] of shipped.files) files.set(path, file);
  const node = application === null ? 'bin/node' : `${bundle.name}/${bundle.program}`;
  addText(files, 'bin/psso-monitor', launcher(node), true);
  addForAdmins(files, root);
  addText(files, 'share/man/man1/psso-monitor.1', await manPage({ version, builtAt }));
  for (const [name, text] of profiles({ changedAt: builtAt, teamIdentifier: application?.team }))
    addText(files, `share/profiles/${name}`, text);
  addLicences(files, options, { runtimes, shipped, packages });

  const payload = payloadEntries(files, builtAt, application === null ? launchAgent : ownLaunchAgent);
  const scripts = scriptEntries(installerScripts(root), builtAt);
  const problems = lintPayload(payload, scripts);
  if (problems.length > 0) throw new BuildError(problems.join('\n'));
  say('Packing');
  const ownBundle = application !== null;
  const { bytes, payloadBytes } = flatPackage({
    payload,
    scripts,
    version,
    architecture,
    builtAt,
    ownBundle,
    payloadForm: options.payloadForm ?? 'gzip',
  });
  return {
    bytes,
    sha256: sha256(bytes),
    payload,
    scripts,
    sizes: sizesOf(files, payloadBytes),
    node: runtimes[0]?.version ?? '',
  };
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

/** Adds the agent's bundle, and returns the npm packages in it. `programs` replaces its addon. */
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
  { root, version, builtAt, identities }: BuildOptions,
  parts: {
    readonly runtimes: readonly NodeRuntime[];
    readonly shipped: Programs;
    readonly packages: readonly ShippedPackage[];
  },
): void {
  const { runtimes, shipped, packages } = parts;
  const own = readFileSync(join(root, 'LICENSE'), 'utf8');
  const { version: node = '', licence = '' } = runtimes[0] ?? {};
  addText(files, 'share/licences/licences.txt', licencesText(own, { version: node, licence }, packages));
  const { hashes } = shipped;
  const team = identities.application?.team ?? null;
  const bill = billOfMaterials({
    version,
    builtAt,
    runtimes,
    hashes,
    team,
    sqlite: sqliteVersion(),
    packages,
  });
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
