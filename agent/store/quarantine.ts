import { existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type EpochMs, toIso } from '../shared/time.ts';
import { besideOf } from './connection.ts';
import { deleteIfPossible } from './delete-if-possible.ts';
import { isSuspect, noteQuarantined, notYetRecorded, type Recovered } from './suspicion.ts';

const setsKept = 2;

/**
 * Quarantines a damaged, closed database with its WAL and SHM: `events.db.corrupt-3-20260131T080000Z`,
 * `…-wal`, `…-shm`. The number gives the order, since a clock may be wrong. Keeps the newest two sets.
 */
export function quarantine(path: string, { now, reason }: { now: EpochMs; reason: string }): Recovered {
  const number = 1 + Math.max(0, ...quarantinedSets(path).map((set) => set.number));
  const target = `${path}.corrupt-${number}-${toIso(now).replaceAll(/[-:]|\.\d+/g, '')}`;
  const recovered = { reason, quarantined: target };
  // First: if a crash interrupts the renames, the next open does a full integrity check.
  noteQuarantined(path, recovered);
  const from = besideOf(path);
  const to = besideOf(target);
  if (existsSync(from.wal)) renameSync(from.wal, to.wal);
  if (existsSync(from.shm)) renameSync(from.shm, to.shm);
  renameSync(path, target);
  deleteOldSets(path);
  return recovered;
}

/**
 * A quarantine that no event has recorded yet; null: none. On a full disk the mark is empty: then it is the
 * newest one. Only for a database that is missing, empty or can't be opened.
 */
export function unfinishedQuarantine(path: string): Recovered | null {
  const noted = notYetRecorded(path);
  if (noted !== null || !isSuspect(path)) return noted;
  const newest = quarantinedSets(path).findLast(({ complete }) => complete);
  if (newest === undefined) return null;
  const reason = 'the reason could not be written';
  return { reason, quarantined: join(dirname(path), newest.name) };
}

interface QuarantinedSet {
  /** The name of its database file. */
  readonly name: string;
  /** 0: named by a version that did not number the sets. */
  readonly number: number;
  readonly files: readonly string[];
  /** False: a WAL or SHM without its database. Such a set does not count as one to keep. */
  readonly complete: boolean;
}

/** The oldest first. Sets without a number are older than the others, and sorted by name. */
function quarantinedSets(path: string): QuarantinedSet[] {
  const prefix = `${basename(path)}.corrupt-`;
  const found = readdirSync(dirname(path)).filter((name) => name.startsWith(prefix));
  const setOf = (name: string) => name.replace(/-(wal|shm)$/, '');
  return [...new Set(found.map(setOf))]
    .map((name) => ({
      name,
      number: Number(/^(\d{1,9})-/.exec(name.slice(prefix.length))?.[1] ?? 0),
      files: found.filter((file) => setOf(file) === name),
      complete: found.includes(name),
    }))
    .sort((a, b) => a.number - b.number || (a.name < b.name ? -1 : 1));
}

function deleteOldSets(path: string): void {
  try {
    const sets = quarantinedSets(path);
    const oldestKept = sets.filter(({ complete }) => complete).at(-setsKept);
    if (oldestKept === undefined) return;
    for (const { files } of sets.slice(0, sets.indexOf(oldestKept)))
      for (const file of files) deleteIfPossible(join(dirname(path), file));
  } catch {
    // An old set that stays must not prevent a new database.
  }
}
