import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { deleteIfPossible } from './delete-if-possible.ts';

/** A damaged database was set aside at `quarantined` and a new one begun; `reason` is what SQLite found. */
export interface Recovered {
  readonly reason: string;
  readonly quarantined: string;
}

/** Bytes, and characters of the reason. */
const longestMark = 4096;
const longestReason = 500;

/**
 * The mark beside the database. It is left when damage was met in use, so that the next opening looks
 * closely. From the time a damaged database is set aside until that is recorded, it also says what was found:
 * a start that fails in between loses nothing.
 */
function markOf(path: string): string {
  return `${path}.suspect`;
}

export function isSuspect(path: string): boolean {
  return existsSync(markOf(path));
}

/** Keeps what the mark says already. */
export function markSuspect(path: string): void {
  try {
    writeFileSync(markOf(path), '', { mode: 0o600, flag: 'a' });
  } catch {
    // A mark that can't be left costs a later look, no more; the damage itself is being reported.
  }
}

export function noteSetAside(path: string, { reason, quarantined }: Recovered): void {
  try {
    const note = JSON.stringify({
      reason: reason.slice(0, longestReason),
      quarantined: basename(quarantined),
    });
    writeFileSync(markOf(path), note, { mode: 0o600 });
  } catch {
    // Without it nothing is said of the damage if this start fails before it has recorded it.
  }
}

/** What an earlier start has set aside and no event has recorded yet; null: nothing. */
export function notYetRecorded(path: string): Recovered | null {
  try {
    const found = statSync(markOf(path), { throwIfNoEntry: false });
    if (found === undefined || !found.isFile() || found.size > longestMark) return null;
    const note: Record<string, unknown> = Object(JSON.parse(readFileSync(markOf(path), 'utf8')));
    const { reason, quarantined: name } = note;
    if (typeof reason !== 'string' || typeof name !== 'string' || name !== basename(name)) return null;
    const quarantined = join(dirname(path), name);
    return existsSync(quarantined) ? { reason, quarantined } : null;
  } catch {
    return null;
  }
}

/**
 * Call it when an opening has looked closely and nothing is left to record. A mark that stays costs another
 * close look.
 */
export function forgetSuspicion(path: string): void {
  deleteIfPossible(markOf(path));
}
