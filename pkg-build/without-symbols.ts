import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError } from './build-error.ts';
import { machoParts } from './formats/macho-parts.ts';
import { mustRun, type RunTool } from './signing.ts';

/**
 * A program for one processor without its local and debugging symbols, by Apple's strip. What runs and what
 * dyld reads must have the same bytes as before; its signature is no longer valid. Throws BuildError.
 */
export function withoutSymbols(program: Uint8Array, run: RunTool): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-strip-'));
  try {
    const file = join(folder, 'program');
    writeFileSync(file, program, { mode: 0o755 });
    mustRun(run, { command: '/usr/bin/strip', args: ['-S', '-x', file] });
    const stripped = readFileSync(file);
    const [before, after] = [machoParts(program), machoParts(stripped)];
    const changed = [...new Set([...before.keys(), ...after.keys()])].find(
      (name) => !Buffer.from(before.get(name) ?? 'none').equals(after.get(name) ?? Buffer.from('missing')),
    );
    if (changed !== undefined)
      throw new BuildError(`strip changed what runs (${changed}). Build without --strip.`);
    return stripped;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
