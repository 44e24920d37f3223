import { readdirSync } from 'node:fs';
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
 * each also with `.gz`, one folder after the other. Leaves out links, and names with a dot in front: macOS
 * keeps `._NAME.db` beside files on other disks and in archives. Throws the file system's error for the
 * folder itself; calls `unreadable` for a subfolder.
 */
export function* findDatabases(
  folder: string,
  unreadable: (path: string, error: Error) => void,
): Generator<FoundDatabase, void> {
  function* search(inside: string, top: boolean): Generator<FoundDatabase, void> {
    let entries: ReturnType<typeof entriesOf>;
    try {
      entries = entriesOf(inside);
    } catch (error) {
      if (top || !(error instanceof Error)) throw error;
      unreadable(inside, error);
      return;
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(inside, entry.name);
      if (entry.isDirectory()) yield* search(path, false);
      else if (entry.isFile() && ending.test(entry.name)) yield { ...nameOf(folder, path), path };
    }
  }
  yield* search(folder, true);
}

function entriesOf(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
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
