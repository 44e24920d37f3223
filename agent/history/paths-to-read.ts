import { statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { largestSilences } from '../notify/silences.ts';
import { ProblemError, UsageError } from '../shared/errors.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { type Paths, pathsOf } from '../shared/paths.ts';
import { readRegularFile } from '../shared/regular-file.ts';
import { deleteAtExit } from '../shared/temporary-files.ts';
import { temporaryFolder } from '../shared/temporary-folder.ts';
import { asStoreError, storeError } from '../store/errors.ts';
import { copyUntrustedFiles } from '../untrusted/copy-untrusted-files.ts';
import { uidOfNobody } from '../untrusted/drop-privileges.ts';
import { freshDatabase } from '../untrusted/fresh-database.ts';
import { giveCopyTo } from '../untrusted/give-copy-to.ts';
import { hasOwnSql } from '../untrusted/has-own-sql.ts';
import { rootScratch } from '../untrusted/histories-of-users.ts';
import { isSafeFromOthers } from '../untrusted/is-safe-from-others.ts';
import { readInChild } from '../untrusted/read-in-child.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';

const databaseName = 'events.db';

/** Paths, and how to delete the copy that they name, if they name one. */
interface Readable {
  readonly paths: Paths;
  readonly remove: () => void;
}

const nothingToRemove = () => {};

/**
 * The paths for a command that reads one history, once. `--data-dir` can name a database of another person,
 * so a database of another owner, with SQL of its own or of unusual size is read by the untrusted reader, and
 * `database` is then a copy that holds its checked rows and this version's views. `--database` always is.
 * Root's reader has the rights of the owner only, and never root's. The copy is deleted when the process
 * ends. Throws StoreError, and for `--database` ProblemError and UsageError.
 */
export async function pathsToRead(global: GlobalOptions): Promise<Paths> {
  return (await readable(global)).paths;
}

/** For a command that reads often, or many histories: the copy is deleted after `use`. */
export async function withPathsToRead<T>(global: GlobalOptions, use: (paths: Paths) => T): Promise<T> {
  const { paths, remove } = await readable(global);
  try {
    return use(paths);
  } finally {
    remove();
  }
}

async function readable(global: GlobalOptions): Promise<Readable> {
  if (global.database !== undefined) return await pathsOfCopy(global.database);
  const paths = pathsOf(global);
  const { database } = paths;
  // The reader reports a database that is missing or no file.
  const found = statSync(database, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return { paths, remove: nothingToRemove };
  const { uid } = found;
  try {
    const isOwn = uid === process.geteuid?.() && (uid !== 0 || isSafeFromOthers(database));
    if (isOwn && hasOwnSql(database)) return { paths, remove: nothingToRemove };
    const copy = await checkedCopy(database, uid);
    return { paths: { ...paths, database: copy.path }, remove: copy.remove };
  } catch (error) {
    throw error instanceof UntrustedDatabaseError
      ? storeError('schema', database, error)
      : asStoreError(error, database);
  }
}

/** A data folder with the checked rows and the silences of a copy. No agent belongs to it. */
async function pathsOfCopy(given: string): Promise<Readable> {
  const path = databaseAt(resolve(given));
  try {
    const copy = await checkedCopy(path, null);
    const folder = dirname(copy.path);
    if (basename(path) === databaseName) copySilences(dirname(path), folder);
    return { paths: pathsOf({ dataDir: folder }), remove: copy.remove };
  } catch (cause) {
    if (!(cause instanceof UntrustedDatabaseError)) throw cause;
    const message = `${path} can't be read as a database of PSSO Monitor: ${cause.message}.`;
    throw new ProblemError(message, { cause });
  }
}

function databaseAt(given: string): string {
  const kind = kindOf(given);
  if (kind === 'missing') throw new UsageError(`there is no file or folder ${given}.`);
  if (kind === 'file') return given;
  // As an agent has it, and as collect.sh sends it.
  const path = [databaseName, `${databaseName}.gz`]
    .map((name) => join(given, name))
    .find((one) => kindOf(one) !== 'missing');
  if (path === undefined)
    throw new UsageError(`the folder ${given} holds no ${databaseName}; name the database itself.`);
  return path;
}

function kindOf(path: string): 'missing' | 'folder' | 'file' {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'missing';
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    // The reader reports why the permissions or a link forbid it.
    return 'file';
  }
}

function copySilences(from: string, to: string): void {
  let silences: Uint8Array;
  try {
    silences = readRegularFile(join(from, 'silences.json'), largestSilences);
  } catch {
    // Like a damaged file, a missing or unreadable one silences nothing.
    return;
  }
  writeFileSync(join(to, 'silences.json'), silences, { mode: 0o600 });
}

interface Copy {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * `owner` null: no account's. The copy is deleted when the process ends, unless it was removed before. Throws
 * UntrustedDatabaseError.
 */
async function checkedCopy(path: string, owner: number | null): Promise<Copy> {
  const reader = owner === null || owner === 0 ? uidOfNobody : owner;
  const drops = process.geteuid?.() === 0;
  const folder = temporaryFolder('read', drops ? rootScratch : tmpdir());
  const remove = deleteAtExit([folder]);
  const raw = join(folder, 'raw.db');
  const fresh = freshDatabase();
  try {
    if (!copyUntrustedFiles(path, raw, null)) throw storeError('missing', path);
    const rights = drops ? ['--uid', String(reader)] : [];
    if (drops) giveCopyTo(reader, raw);
    await readInChild([process.argv[1] ?? '', 'read-copy', raw, ...rights], fresh.add);
    const copy = join(folder, databaseName);
    writeFileSync(copy, fresh.db.serialize(), { mode: 0o600 });
    return { path: copy, remove };
  } catch (error) {
    remove();
    throw error;
  } finally {
    fresh.db.close();
  }
}
