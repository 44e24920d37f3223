import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';
import { BuildError } from './build-error.ts';

/** An npm package of which something is in the package for the Mac. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, as the package gives it. */
  readonly licence: string;
  readonly licenceText: string;
  readonly homepage: string | null;
  /** As in the lockfile; null for what npm did not install. */
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

/** The packages that esbuild took anything from, by name. Throws BuildError where a licence is missing: such a thing may not be shipped. */
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
  // npm may install the same one in two places.
  return [...new Map(shipped.map((one) => [`${one.name}@${one.version}`, one])).values()];
}

function licenceText(folder: string, name: string): string {
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)([.-].*)?$/i.test(file))
    .sort();
  if (files.length === 0) throw new BuildError(`${name} is shipped and brings no text of its licence.`);
  return files.map((file) => readFileSync(join(folder, file), 'utf8').trimEnd()).join('\n\n');
}
