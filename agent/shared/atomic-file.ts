import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

export interface Placement {
  /**
   * The name under which the file is written first; by default `PATH.PID.partial`. It must be in the same
   * folder.
   */
  readonly temporary?: string;
  /** False: an existing file stays, and the call throws EEXIST. */
  readonly replace?: boolean;
}

/**
 * Creates or replaces a file in one step: `write` writes a temporary file beside it, which then gets the name
 * `path`. A reader sees the old file or the complete new one. After an error the temporary file is deleted.
 */
export function placeFile(
  path: string,
  write: (temporary: string) => void,
  { temporary = partialOf(path), replace = true }: Placement = {},
): void {
  try {
    write(temporary);
    giveName(temporary, path, replace);
  } catch (error) {
    deleteTemporary(temporary);
    throw error;
  }
}

/** Like `placeFile`, for a `write` that is asynchronous. */
export async function placeFileAsync(
  path: string,
  write: (temporary: string) => Promise<void>,
  { temporary = partialOf(path), replace = true }: Placement = {},
): Promise<void> {
  try {
    await write(temporary);
    giveName(temporary, path, replace);
  } catch (error) {
    deleteTemporary(temporary);
    throw error;
  }
}

/** Creates or replaces a file of this user (0600) in one step. */
export function writeAtomicFile(
  path: string,
  content: string,
  options: {
    /** Waits until the content is on disk, so a power loss leaves no empty file. */
    readonly durable: boolean;
    /** Called with the complete temporary file. */
    readonly beforeRename?: (temporary: string) => void;
  },
): void {
  placeFile(path, (temporary) => {
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(file, content);
      if (options.durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    options.beforeRename?.(temporary);
  });
}

function partialOf(path: string): string {
  return `${path}.${process.pid}.partial`;
}

function giveName(temporary: string, path: string, replace: boolean): void {
  if (replace) {
    renameSync(temporary, path);
    return;
  }
  // Unlike a rename, a link fails when the name exists.
  linkSync(temporary, path);
  rmSync(temporary, { force: true });
}

/** The error of the write is the one to report. */
function deleteTemporary(temporary: string): void {
  try {
    rmSync(temporary, { force: true });
  } catch {
    // A folder in its place, for example.
  }
}
