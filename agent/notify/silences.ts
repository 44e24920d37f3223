import { existsSync } from 'node:fs';
import * as z from 'zod/mini';
import { writeAtomicFile } from '../shared/atomic-file.ts';
import { readRegularText } from '../shared/regular-file.ts';
import { type EpochMs, toIso } from '../shared/time.ts';

/** Issue → the time until which the user silenced it. */
export type Silences = Readonly<Record<string, EpochMs>>;

/** An entry takes less than 100 bytes, and there is one an issue. */
export const largestSilences = 256 * 1024;

const silencesFile = z.record(z.string(), z.string());

/**
 * Reads the silenced issues from a file beside the database: a command writes it while the agent runs. A
 * missing or damaged file silences nothing.
 */
export function readSilences(file: string, now: EpochMs): Silences {
  return Object.fromEntries(Object.entries(silencesIn(file)).filter(([, until]) => until > now));
}

/**
 * Adds, changes or (null) ends a silence, in one atomic write. Expired entries stay in the file, one an
 * issue: a clock that is ahead must not delete the others.
 */
export function writeSilence(file: string, issue: string, until: EpochMs | null): void {
  const { [issue]: _, ...others } = silencesIn(file);
  const ends = Object.entries(until === null ? others : { ...others, [issue]: until });
  const silences = Object.fromEntries(ends.map(([id, end]) => [id, toIso(end)]));
  writeAtomicFile(file, `${JSON.stringify(silences, null, 2)}\n`, { durable: false });
}

/** All entries of the file, expired or not. */
function silencesIn(file: string): Silences {
  if (!existsSync(file)) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(readRegularText(file, largestSilences));
  } catch {
    return {};
  }
  const checked = z.safeParse(silencesFile, parsed);
  if (!checked.success) return {};
  const ends = Object.entries(checked.data).map(([issue, iso]) => [issue, Date.parse(iso)] as const);
  return Object.fromEntries(ends.filter(([, end]) => !Number.isNaN(end)));
}
