import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { deleteIfPossible } from './delete-if-possible.ts';

/** A damaged database is quarantined at `quarantined`, and a new one has begun; `reason` is SQLite's. */
export interface Recovered {
  readonly reason: string;
  readonly quarantined: string;
}

export interface Salvaged extends Recovered {
  /** The number of events that could be read from the quarantined database. */
  readonly salvagedEvents: number;
}

/** The longest mark in bytes, and the longest reason in characters. */
const longestMark = 4096;
const longestReason = 500;

/**
 * The mark beside the database. It marks the database for a full integrity check at the next open. Between a
 * quarantine and its event it also holds the quarantine, so that a start that fails in between loses nothing.
 */
function markOf(path: string): string {
  return `${path}.suspect`;
}

export function isSuspect(path: string): boolean {
  return existsSync(markOf(path));
}

/** Keeps the content of an existing mark. */
export function markSuspect(path: string): void {
  try {
    writeFileSync(markOf(path), '', { mode: 0o600, flag: 'a' });
  } catch {
    // Without the mark only the next check is missing; the damage itself is reported as an error.
  }
}

export function noteQuarantined(path: string, { reason, quarantined }: Recovered): void {
  try {
    const note = JSON.stringify({
      reason: reason.slice(0, longestReason),
      quarantined: basename(quarantined),
    });
    writeFileSync(markOf(path), note, { mode: 0o600 });
  } catch {
    // Without the mark, the quarantine is not recorded if this start fails before its event.
  }
}

/** A quarantine of an earlier start that no event has recorded yet; null: none. */
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
 * Call it after the full check, when no quarantine is left to record. A mark that stays causes another full
 * check.
 */
export function forgetSuspicion(path: string): void {
  deleteIfPossible(markOf(path));
}
