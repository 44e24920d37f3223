import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';
import { BuildError } from './build-error.ts';

/** An npm package with code in the package for the Mac. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression of its package.json. */
  readonly licence: string;
  readonly licenceText: string;
  readonly homepage: string | null;
  /** From the lockfile; null: npm did not install it. */
  readonly integrity: string | null;
}

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  homepage: z.optional(z.string()),
});

const lockfile = z.object({
  packages: z.record(z.string(), z.object({ integrity: z.optional(z.string()) })),
});

/** The npm packages in these bundles, by name. Throws BuildError: one without a licence must not ship. */
export function shippedPackages(root: string, metafiles: readonly Metafile[]): ShippedPackage[] {
  const folders = new Set<string>();
  for (const { inputs } of metafiles) {
    for (const path of Object.keys(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
      if (folder !== undefined && !path.startsWith('(disabled)')) folders.add(folder);
    }
  }
  const { packages } = lockfile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const shipped = [...folders].sort().map((folder): ShippedPackage => {
    const read = manifest.safeParse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
    if (!read.success)
      throw new BuildError(`${folder} is shipped and names no licence.`, { cause: read.error });
    const { name, version, license, homepage } = read.data;
    return {
      name,
      version,
      licence: license,
      licenceText: licenceText(join(root, folder), name),
      homepage: homepage ?? null,
      integrity: packages[folder]?.integrity ?? null,
    };
  });
  // npm may install one version in two places.
  return [...new Map(shipped.map((one) => [`${one.name}@${one.version}`, one])).values()];
}

function licenceText(folder: string, name: string): string {
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)([.-].*)?$/i.test(file))
    .sort();
  if (files.length === 0) throw new BuildError(`${name} is shipped and brings no text of its licence.`);
  return files.map((file) => readFileSync(join(folder, file), 'utf8').trimEnd()).join('\n\n');
}
