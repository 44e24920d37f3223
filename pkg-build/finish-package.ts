import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './build-package.ts';
import { type Identities, packageSigning, type Tool, use } from './signing.ts';

export interface FinishedPackage {
  readonly file: string;
  /** The content of the file; signing changes it. */
  readonly bytes: Uint8Array;
  readonly signed: boolean;
}

/**
 * Writes the package, signed and notarized where there are identities. Only a finished package gets its
 * name, so that a refused one is not deployed by mistake. The intermediate names end in `.pkg` too, which
 * Apple's tools may expect. Throws BuildError.
 */
export function finishPackage(
  bytes: Uint8Array,
  { folder, name, identities }: { folder: string; name: string; identities: Identities },
  run: (tool: Tool) => void = use,
): FinishedPackage {
  const named = (what: string) => name.replace(/\.pkg$/, `-${what}.pkg`);
  const signed = join(folder, named('unfinished'));
  const unsigned = join(folder, named('unsigned'));
  const tools = packageSigning(identities, unsigned, signed);
  if (tools.length === 0) return { file: writeWhole(folder, name, bytes), bytes, signed: false };
  try {
    writeWhole(folder, named('unsigned'), bytes);
    // A killed build may have left it.
    rmSync(signed, { force: true });
    for (const tool of tools) run(tool);
    const file = join(folder, name);
    renameSync(signed, file);
    return { file, bytes: readFileSync(file), signed: true };
  } finally {
    for (const left of [unsigned, signed]) rmSync(left, { force: true });
  }
}
