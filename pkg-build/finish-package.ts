import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { notarize } from './notarize.ts';
import { type Identities, mustRun, type RunTool, runTool } from './signing.ts';
import { writeWhole } from './write-whole.ts';

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
  run: RunTool = runTool,
): FinishedPackage {
  if (identities.installer === null) return { file: writeWhole(folder, name, bytes), bytes, signed: false };
  const named = (what: string) => name.replace(/\.pkg$/, `-${what}.pkg`);
  const signed = join(folder, named('unfinished'));
  const unsigned = join(folder, named('unsigned'));
  try {
    writeWhole(folder, named('unsigned'), bytes);
    // A killed build may have left it.
    rmSync(signed, { force: true });
    sign(unsigned, signed, identities.installer, run);
    if (identities.notary !== null) {
      notarize(signed, identities.notary, run);
      mustRun(run, { command: '/usr/bin/xcrun', args: ['stapler', 'staple', signed] });
      mustRun(run, { command: '/usr/sbin/spctl', args: ['--assess', '-vv', '--type', 'install', signed] });
    }
    const file = join(folder, name);
    renameSync(signed, file);
    return { file, bytes: readFileSync(file), signed: true };
  } finally {
    for (const left of [unsigned, signed]) rmSync(left, { force: true });
  }
}

function sign(unsigned: string, signed: string, installer: string, run: RunTool): void {
  mustRun(run, {
    command: '/usr/bin/productsign',
    args: ['--timestamp', '--sign', installer, unsigned, signed],
  });
  mustRun(run, { command: '/usr/sbin/pkgutil', args: ['--check-signature', signed] });
}
