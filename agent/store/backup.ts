import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { placeFile } from '../shared/atomic-file.ts';
import { deleteIfPossible } from './delete-if-possible.ts';
import { preparePrivateFile } from './private-files.ts';

const backupsKept = 2;

/**
 * Copies the database before a migration, to `events.db.before-v2` for version 2, and keeps one older backup.
 * The name appears when the copy is complete. An older backup that can't be deleted stays.
 */
export function backUp(db: Database.Database, path: string, toVersion: number): void {
  const backup = `${path}.before-v${toVersion}`;
  const partial = `${backup}.partial`;
  rmSync(partial, { force: true });
  const write = () => {
    // VACUUM INTO fills an empty file, which is private already.
    preparePrivateFile(partial);
    db.prepare('VACUUM INTO ?').run(partial);
  };
  placeFile(backup, write, { temporary: partial });
  deleteOldBackups(path, backup);
}

/** The new backup always stays. Others may be from an earlier database, and have later versions. */
function deleteOldBackups(path: string, justMade: string): void {
  const others = backupsOf(path).filter((backup) => backup !== justMade);
  for (const old of others.slice(backupsKept - 1)) deleteIfPossible(old);
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
