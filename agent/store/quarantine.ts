import { existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type EpochMs, toIso } from '../shared/time.ts';
import { besideOf } from './connection.ts';
import { deleteIfPossible } from './delete-if-possible.ts';
import { noteSetAside, type Recovered } from './suspicion.ts';

const setsKept = 2;

/**
 * Sets a damaged, closed database aside, with its WAL and SHM, so that it can still be examined and salvaged:
 * `events.db.corrupt-3-20260131T080000Z`, `…-wal`, `…-shm`. The number is the order in which sets were set
 * aside; no clock decides it. The time is for people. Keeps the last two sets.
 */
export function quarantine(path: string, { now, reason }: { now: EpochMs; reason: string }): Recovered {
  const number = 1 + Math.max(0, ...setsAside(path).map((set) => set.number));
  const target = `${path}.corrupt-${number}-${toIso(now).replaceAll(/[-:]|\.\d+/g, '')}`;
  const recovered = { reason, quarantined: target };
  // First: should this be cut short, the next opening looks closely at what is left.
  noteSetAside(path, recovered);
  const from = besideOf(path);
  const to = besideOf(target);
  if (existsSync(from.wal)) renameSync(from.wal, to.wal);
  if (existsSync(from.shm)) renameSync(from.shm, to.shm);
  renameSync(path, target);
  deleteOldSets(path);
  return recovered;
}

interface SetAside {
  /** Of its database file. */
  readonly name: string;
  /** 0: named by a version that did not count. */
  readonly number: number;
  readonly files: readonly string[];
  /** A rest, such as a WAL without its database, is no set to keep. */
  readonly whole: boolean;
}

/** In the order in which they were set aside. Those without a number are older, and ordered by name. */
function setsAside(path: string): SetAside[] {
  const prefix = `${basename(path)}.corrupt-`;
  const found = readdirSync(dirname(path)).filter((name) => name.startsWith(prefix));
  const setOf = (name: string) => name.replace(/-(wal|shm)$/, '');
  return [...new Set(found.map(setOf))]
    .map((name) => ({
      name,
      number: Number(/^(\d{1,9})-/.exec(name.slice(prefix.length))?.[1] ?? 0),
      files: found.filter((file) => setOf(file) === name),
      whole: found.includes(name),
    }))
    .sort((a, b) => a.number - b.number || (a.name < b.name ? -1 : 1));
}

function deleteOldSets(path: string): void {
  try {
    const sets = setsAside(path);
    const oldestKept = sets.filter(({ whole }) => whole).at(-setsKept);
    if (oldestKept === undefined) return;
    for (const { files } of sets.slice(0, sets.indexOf(oldestKept)))
      for (const file of files) deleteIfPossible(join(dirname(path), file));
  } catch {
    // One set too many is no reason not to begin anew.
  }
}
