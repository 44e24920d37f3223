import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { type EpochMs, toIso } from '../types/time.ts';
import { besideOf } from './connection.ts';
import { storeError } from './errors.ts';

const setsKept = 2;

/** Left beside the database when damage was met while it was in use, so that the next opening looks closely. */
function suspicionOf(path: string): string {
  return `${path}.suspect`;
}

export function markSuspect(path: string): void {
  try {
    writeFileSync(suspicionOf(path), '', { mode: 0o600 });
  } catch {
    // A mark that can't be left costs a later look, no more; the damage itself is being reported.
  }
}

/** Whether the last user of the database ended without closing it. Ask before opening: that creates a new WAL. */
export function endedUncleanly(path: string): boolean {
  return (statSync(besideOf(path).wal, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Throws StoreError `corrupt` when the database is damaged. After an unclean end the structure of every page is checked;
 * after damage was met in use, every index against its table too, which costs about three times as much.
 */
export function checkAtOpening(db: Database.Database, path: string, uncleanEnd: boolean): void {
  if (existsSync(suspicionOf(path))) {
    check(db, path, 'integrity_check');
    rmSync(suspicionOf(path), { force: true });
  } else if (uncleanEnd) {
    check(db, path, 'quick_check');
  }
}

/** 0.2 s for 208 MB (measured): cheap enough for once a day. Throws StoreError `corrupt`. */
export function check(
  db: Database.Database,
  path: string,
  how: 'quick_check' | 'integrity_check' = 'quick_check',
): void {
  const found = db.pragma(`${how}(1)`, { simple: true });
  if (found !== 'ok') throw storeError('corrupt', path, new Error(String(found).replaceAll('\n', ' ')));
}

/**
 * Sets a damaged, closed database aside, together with what belongs to it, so that it can still be examined and salvaged:
 * `events.db.corrupt-20260131T080000Z`, `…-wal`, `…-shm`. Keeps the newest two such sets.
 * @returns the path of the set's database file
 */
export function quarantine(path: string, now: EpochMs): string {
  // Should this be cut short, the next opening still looks closely at what is left.
  markSuspect(path);
  const stamp = toIso(now).replaceAll(/[-:]|\.\d+/g, '');
  let target = `${path}.corrupt-${stamp}`;
  for (let again = 2; existsSync(target); again++) target = `${path}.corrupt-${stamp}-${again}`;
  const from = besideOf(path);
  const to = besideOf(target);
  if (existsSync(from.wal)) renameSync(from.wal, to.wal);
  if (existsSync(from.shm)) renameSync(from.shm, to.shm);
  renameSync(path, target);
  rmSync(suspicionOf(path), { force: true });
  forgetOldSets(path);
  return target;
}

function forgetOldSets(path: string): void {
  const folder = dirname(path);
  const prefix = `${basename(path)}.corrupt-`;
  const files = readdirSync(folder).filter((name) => name.startsWith(prefix));
  const setOf = (name: string) => name.replace(/-(wal|shm)$/, '');
  const sets = [...new Set(files.map(setOf))].sort().reverse();
  const old = new Set(sets.slice(setsKept));
  for (const name of files) {
    if (old.has(setOf(name))) rmSync(join(folder, name), { force: true });
  }
}
