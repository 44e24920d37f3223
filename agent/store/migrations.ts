import type Database from 'better-sqlite3';
import { backUp } from './backup.ts';
import { tablesSql, viewsSql } from './schema.ts';

/**
 * A step to the next version, in a transaction that also sets `user_version`. A step must be repeatable (IF
 * NOT EXISTS, DROP VIEW first), because a later version may have been here before a downgrade. There are no
 * steps back: an older version works as long as later ones only add tables and columns, see `checkFit`.
 */
export interface Migration {
  /** `user_version` after it: 1, 2, 3 … */
  readonly version: number;
  readonly up: (db: Database.Database) => void;
}

export const migrations: readonly Migration[] = [
  {
    version: 1,
    up: (db) => {
      db.exec(tablesSql);
      db.exec(viewsSql());
    },
  },
];

export function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Migrates to the newest version of the list, with a backup first. A newer database stays unchanged. */
export function migrate(db: Database.Database, path: string, steps: readonly Migration[] = migrations): void {
  const newest = Math.max(0, ...steps.map((step) => step.version));
  if (versionOf(db) >= newest) return;
  if (holdsTables(db)) backUp(db, path, newest);
  for (const step of [...steps].sort((a, b) => a.version - b.version)) {
    db.transaction(() => {
      // Read again inside the transaction: another process may have migrated meanwhile.
      if (versionOf(db) >= step.version) return;
      step.up(db);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
}

function holdsTables(db: Database.Database): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table'").get() !== undefined;
}
