import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { ProblemError, UsageError } from '../shared/errors.ts';
import { shellWord } from '../shared/shell-quoted.ts';
import { type FoundDatabase, findDatabases, nameOfFile } from './find-databases.ts';
import { FoundDatabases, type NamedDatabases } from './found-databases.ts';

interface DatabasesIn {
  readonly found: NamedDatabases;
  readonly unreadable: { file: string; reason: string }[];
}

/**
 * The databases in a folder, or one database file where `ownDatabase` is not null: the path of the agent's
 * own database does not name the Mac. Throws UsageError and ProblemError.
 */
export function databasesIn(folder: string, ownDatabase: string | null): DatabasesIn {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`the folder ${folder} does not exist.`);
  if (!stat.isDirectory()) {
    if (ownDatabase !== null) return { found: foundAmong([databaseAt(folder, ownDatabase)]), unreadable: [] };
    const instead = `psso-monitor report --database ${shellWord(folder)}`;
    throw new UsageError(`${folder} is a file; fleet reads a folder of databases. For one Mac: ${instead}`);
  }
  const unreadable: { file: string; reason: string }[] = [];
  const found = foundIn(folder, (file, { message }) => unreadable.push({ file, reason: message }));
  if (found.length === 0 && unreadable.length === 0)
    throw new ProblemError(
      `there is no database in ${folder} (no *.db). docs/admin/fleet.md says how to collect them.`,
    );
  // A file system lists files in no fixed order.
  unreadable.sort((one, other) => (one.file < other.file ? -1 : 1));
  return { found, unreadable };
}

function foundAmong(databases: Iterable<FoundDatabase>): NamedDatabases {
  const found = new FoundDatabases();
  for (const database of databases) found.add(database);
  return found;
}

function foundIn(...[folder, skip]: Parameters<typeof findDatabases>): NamedDatabases {
  try {
    return foundAmong(findDatabases(folder, skip));
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError(`${folder} can't be read: ${why}`, { cause });
  }
}

function databaseAt(path: string, ownDatabase: string): FoundDatabase {
  const own = resolve(path) === resolve(ownDatabase);
  return { mac: own ? hostname() : nameOfFile(resolve(path)), path };
}
