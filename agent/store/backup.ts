import { readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { preparePrivateFile } from './private-files.ts';

const backupsKept = 2;

/**
 * Puts a complete copy beside the database, `events.db.before-v2`, as it was before the migration to version 2, and keeps
 * the newest two of these. The name appears only once the copy is complete.
 */
export function backUp(db: Database.Database, path: string, toVersion: number): void {
  const backup = `${path}.before-v${toVersion}`;
  const partial = `${backup}.partial`;
  rmSync(partial, { force: true });
  try {
    // VACUUM INTO fills an empty file, which is private already.
    preparePrivateFile(partial);
    db.prepare('VACUUM INTO ?').run(partial);
    renameSync(partial, backup);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  for (const old of backupsOf(path).slice(backupsKept)) rmSync(old, { force: true });
}

/** Newest version first. */
function backupsOf(path: string): string[] {
  const prefix = `${basename(path)}.before-v`;
  const version = (name: string) => Number(name.slice(prefix.length));
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && Number.isInteger(version(name)))
    .sort((a, b) => version(b) - version(a))
    .map((name) => join(dirname(path), name));
}
