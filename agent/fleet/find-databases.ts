import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

export interface FoundDatabase {
  /** Whose it is, by the name that whoever pulled it gave it. */
  readonly mac: string;
  readonly path: string;
}

const ending = /\.(db|sqlite|sqlite3)$/i;
/** How the agent itself calls it; then the folder has the name. */
const ownName = /^events\.(db|sqlite|sqlite3)$/i;

/**
 * Databases in a folder and the folders in it, by name: `NAME.db`, `NAME/events.db`, `NAME/USER/events.db`. Links are not
 * followed, and what begins with a dot is left out: macOS keeps a `._NAME.db` beside files on other disks and in archives. Throws what the file system throws for the folder itself; one inside that can't be read is told to `unreadable`.
 */
export function findDatabases(
  folder: string,
  unreadable: (path: string, error: Error) => void,
): FoundDatabase[] {
  const found: FoundDatabase[] = [];
  const search = (inside: string, top: boolean) => {
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
      if (entry.isDirectory()) search(path, false);
      else if (entry.isFile() && ending.test(entry.name)) found.push({ mac: nameOf(folder, path), path });
    }
  };
  search(folder, true);
  return found.sort((one, other) => (one.mac < other.mac ? -1 : one.mac > other.mac ? 1 : 0));
}

function entriesOf(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

/** Of one file by itself. */
export function nameOfFile(path: string): string {
  return nameOf(dirname(path), path);
}

function nameOf(folder: string, path: string): string {
  const parts = relative(folder, path).split(sep);
  const file = parts.pop() ?? '';
  if (!ownName.test(file)) return [...parts, file.replace(ending, '')].join('/');
  return parts.length > 0 ? parts.join('/') : basename(folder);
}
