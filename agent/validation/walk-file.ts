import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeAtomicFile } from '../shared/atomic-file.ts';
import { ProblemError } from '../shared/errors.ts';
import { readRegularText } from '../shared/regular-file.ts';
import { stepIds, validationStep } from './validation-output.ts';

const instant = z.iso.datetime();

/**
 * The progress of a walk: what the history alone does not hold, or may have deleted when the walk is taken
 * up again.
 */
const walkFile = z.object({
  version: z.literal(1),
  startedAt: instant,
  /** Older events prove nothing; null: the whole history counts. */
  since: z.nullable(instant),
  skipped: z.array(z.enum(stepIds)),
  /** The steps that passed, as they were judged. */
  passed: z.array(validationStep),
});
export type WalkFile = z.infer<typeof walkFile>;

/** A walk has few steps. */
const largest = 256 * 1024;

export function walkPath(dataDir: string): string {
  return join(dataDir, 'validation.json');
}

/** Null: no walk was begun. Throws ProblemError for a damaged file, which only `--restart` replaces. */
export function readWalk(dataDir: string): WalkFile | null {
  const path = walkPath(dataDir);
  if (!existsSync(path)) return null;
  try {
    return z.parse(walkFile, JSON.parse(readRegularText(path, largest)));
  } catch (cause) {
    throw new ProblemError(
      `${path} can't be read as the progress of a validation. To begin again: psso-monitor validate --restart`,
      { cause },
    );
  }
}

/** Writes the progress in one step. Throws ProblemError. */
export function writeWalk(dataDir: string, walk: WalkFile): void {
  const path = walkPath(dataDir);
  try {
    writeAtomicFile(path, `${JSON.stringify(walk, null, 2)}\n`, { durable: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError(`can't write the progress of the validation: ${why}`, { cause });
  }
}
