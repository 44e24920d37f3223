import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../shared/is-running.ts';
import { deleteIfPossible } from './delete-if-possible.ts';

/** The product's own files that are written under another name first (shared/atomic-file.ts). */
const partial =
  /^(?:events\.db|agent\.json|state\.plist|silences\.json|validation\.json|identity\.key)(?:\..+)?\.partial(?:-wal|-shm|-journal)?$/;
const ofProcess = /\.(\d+)\.partial$/;

/**
 * Deletes what processes that were killed while they wrote left in the data folder. Call it with the instance
 * lock held: names without a process id are the agent's alone. The file of a running process stays, unless
 * its id is ours: then it is of an earlier boot. Never throws.
 */
export function clearPartialFiles(dataDir: string): void {
  for (const name of namesIn(dataDir)) {
    const file = join(dataDir, name);
    const pid = Number(ofProcess.exec(name)?.[1] ?? process.pid);
    if (partial.test(name) && (pid === process.pid || !isRunning(pid)) && isFile(file))
      deleteIfPossible(file);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
