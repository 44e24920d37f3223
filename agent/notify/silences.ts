import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { type EpochMs, toIso } from '../shared/time.ts';

/** Issue → the instant until which the user does not want to hear of it. */
export type Silences = Readonly<Record<string, EpochMs>>;

const silencesFile = z.record(z.string(), z.string());

/**
 * The user's wishes, kept beside the database in a file of their own: a command writes them while the agent runs, and
 * the agent's own memory stays its own. A file that is missing or damaged silences nothing.
 */
export function readSilences(file: string, now: EpochMs): Silences {
  return Object.fromEntries(Object.entries(silencesIn(file)).filter(([, until]) => until > now));
}

/**
 * Adds, moves or (null) ends a silence. Written whole or not at all. What has ended stays in the file, one
 * entry an issue: a clock that is ahead must not end the others for good.
 */
export function writeSilence(file: string, issue: string, until: EpochMs | null): void {
  const { [issue]: _, ...others } = silencesIn(file);
  const ends = Object.entries(until === null ? others : { ...others, [issue]: until });
  const silences = Object.fromEntries(ends.map(([id, end]) => [id, toIso(end)]));
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(silences, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}

/** All that the file says, ended or not. */
function silencesIn(file: string): Silences {
  if (!existsSync(file)) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
  const checked = z.safeParse(silencesFile, parsed);
  if (!checked.success) return {};
  const ends = Object.entries(checked.data).map(([issue, iso]) => [issue, Date.parse(iso)] as const);
  return Object.fromEntries(ends.filter(([, end]) => !Number.isNaN(end)));
}
