import { type Dirent, opendirSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

export interface FoundDatabase {
  /** The name of the Mac, from the file's path. */
  readonly mac: string;
  /** The name without the user, of `NAME/USER/events.db`; by default `mac`. */
  readonly host?: string;
  readonly path: string;
}

const ending = /\.(db|sqlite|sqlite3)(\.gz)?$/i;
/** The agent's own file name: then the folder names the Mac. */
const ownName = /^events\.(db|sqlite|sqlite3)(\.gz)?$/i;

/**
 * Finds the databases in a folder and its subfolders: `NAME.db`, `NAME/events.db`, `NAME/USER/events.db`,
 * each also with `.gz`, in the file system's order. Leaves out links, and names with a dot in front: macOS
 * keeps `._NAME.db` beside files on other disks and in archives. Throws the file system's error for the
 * folder itself; calls `unreadable` for a subfolder.
 */
export function* findDatabases(
  folder: string,
  unreadable: (path: string, error: Error) => void,
): Generator<FoundDatabase, void> {
  function* search(inside: string, top: boolean): Generator<FoundDatabase, void> {
    try {
      for (const entry of entriesOf(inside)) {
        if (entry.name.startsWith('.')) continue;
        const path = join(inside, entry.name);
        if (entry.isDirectory()) yield* search(path, false);
        else if (entry.isFile() && ending.test(entry.name)) yield { ...nameOf(folder, path), path };
      }
    } catch (error) {
      if (top || !(error instanceof Error)) throw error;
      unreadable(inside, error);
    }
  }
  yield* search(folder, true);
}

/** One after the other: a list of all entries would take 80 bytes for each file. */
function* entriesOf(folder: string): Generator<Dirent, void> {
  const open = opendirSync(folder);
  try {
    for (let entry = open.readSync(); entry !== null; entry = open.readSync()) yield entry;
  } finally {
    open.closeSync();
  }
}

/** The name of the Mac for a single file. */
export function nameOfFile(path: string): string {
  return nameOf(dirname(path), path).mac;
}

function nameOf(folder: string, path: string): { mac: string; host: string } {
  const parts = relative(folder, path).split(sep);
  const file = parts.pop() ?? '';
  const names = ownName.test(file) ? parts : [...parts, file.replace(ending, '')];
  const mac = names.length > 0 ? names.join('/') : basename(folder);
  const hasUser = ownName.test(file) && names.length > 1;
  return { mac, host: hasUser ? names.slice(0, -1).join('/') : mac };
}
