import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProblemError } from '../shared/errors.ts';
import { deleteAtExit } from '../shared/temporary-files.ts';
import { temporaryFolder } from '../shared/temporary-folder.ts';
import { copyUntrustedFiles } from '../untrusted/copy-untrusted-files.ts';
import { uidOfNobody } from '../untrusted/drop-privileges.ts';
import { giveCopyTo } from '../untrusted/give-copy-to.ts';
import { rootScratch } from '../untrusted/histories-of-users.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';

/** Where a reader of databases works, and how it gets at them. */
export interface ReaderPlace {
  /** A folder for the reader's copies. */
  readonly scratch: string;
  /** The merged database that it writes; null: none. */
  readonly merged: string | null;
  /** The options that take the rights of root from it. */
  readonly rights: readonly string[];
  /** The number of open requests: the reader does not wait, and the pipe does not fill up. */
  readonly ahead: number;
  /** The path by which the reader opens a database. Throws UntrustedDatabaseError. */
  readonly give: (path: string) => string;
  /** `give` makes a private copy, which the reader opens in place. */
  readonly areCopies: boolean;
  /** To be called once the reader has ended. */
  readonly end: () => void;
}

/** `scratch`: a private folder, which the caller deletes. `merged`: the merged database; null: none. */
export function readerPlace(scratch: string, merged: string | null): ReaderPlace {
  if (process.geteuid?.() === 0) return placeWithoutRights(merged);
  return {
    scratch: resolve(scratch),
    merged: merged === null ? null : resolve(merged),
    rights: [],
    ahead: 32,
    give: (path) => resolve(path),
    areCopies: false,
    end: () => {},
  };
}

/**
 * Root copies bytes and opens no database: the reader has no user's rights. It gets copies in a folder of
 * root, where it can replace no name, and writes the merged database there.
 */
function placeWithoutRights(target: string | null): ReaderPlace {
  const folder = temporaryFolder('fleet', rootScratch);
  const deleteNow = deleteAtExit([folder]);
  chmodSync(folder, 0o711);
  const scratch = join(folder, 'reader');
  mkdirSync(scratch, { mode: 0o700 });
  chownSync(scratch, uidOfNobody, uidOfNobody);
  const merged = target === null ? null : join(folder, 'merged.db');
  if (merged !== null && target !== null) giveMerged(target, merged);
  // Each of the open requests has a copy of its own, which the next one overwrites.
  const copies = ['0.db', '1.db', '2.db', '3.db'].map((name) => join(folder, name));
  for (const copy of copies) giveCopyTo(uidOfNobody, copy);
  let given = 0;
  return {
    scratch,
    merged,
    rights: ['--uid', String(uidOfNobody)],
    ahead: copies.length,
    give: (path) => {
      const copy = copies[given++ % copies.length] ?? '';
      if (!copyUntrustedFiles(path, copy, null))
        throw new UntrustedDatabaseError('io', 'there is no such file');
      return copy;
    },
    areCopies: true,
    end: () => {
      if (merged !== null && target !== null) takeMerged(merged, target);
      deleteNow();
    },
  };
}

/** The journal exists beside it, since the reader may create no file in the folder. */
function giveMerged(from: string, to: string): void {
  if (existsSync(from)) copyFileSync(from, to);
  else writeFileSync(to, '');
  writeFileSync(`${to}-journal`, '');
  for (const file of [to, `${to}-journal`]) {
    chmodSync(file, 0o600);
    chownSync(file, uidOfNobody, uidOfNobody);
  }
}

function takeMerged(from: string, to: string): void {
  try {
    copyFileSync(from, to);
    chmodSync(to, 0o600);
    // A copy has the owner of its source.
    chownSync(to, process.geteuid?.() ?? 0, process.getegid?.() ?? 0);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError(`the merged database could not be written: ${why}.`, { cause });
  }
}
