import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { type EpochMs, fromIso, toIso } from '../types/time.ts';

/** Issue → the instant until which the user does not want to hear of it. */
export type Silences = Readonly<Record<string, EpochMs>>;

const silencesFile = z.record(z.string(), z.string());

/**
 * The user's wishes, kept beside the database in a file of their own: a command writes them while the agent runs, and
 * the agent's own memory stays its own. A file that is missing or damaged silences nothing.
 */
export function readSilences(file: string, now: EpochMs): Silences {
  if (!existsSync(file)) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
  const checked = z.safeParse(silencesFile, parsed);
  if (!checked.success) return {};
  const silences: Record<string, EpochMs> = {};
  for (const [issue, iso] of Object.entries(checked.data)) {
    const until = Date.parse(iso);
    if (!Number.isNaN(until) && until > now) silences[issue] = until;
  }
  return silences;
}

/** Adds, moves or (null) ends a silence. Written whole or not at all. */
export function writeSilence(file: string, issue: string, until: EpochMs | null, now: EpochMs): void {
  const silences: Record<string, string> = {};
  for (const [id, end] of Object.entries(readSilences(file, now))) silences[id] = toIso(end);
  if (until === null) delete silences[issue];
  else silences[issue] = toIso(fromIso(toIso(until)));
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(silences, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}
