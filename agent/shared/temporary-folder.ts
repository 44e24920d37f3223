import { lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from './is-running.ts';
import { hour } from './time.ts';

/** The process that made it, then the letters of `mkdtemp`. */
const ownName = /^psso-monitor-(?:export|fleet|read)-(\d{1,10})-[A-Za-z0-9]{6}$/;
/** A process number of another container says nothing here, so a new folder is never deleted. */
const leftFor = hour;

/**
 * Makes a private folder, `psso-monitor-KIND-PID-…`, which the caller deletes. Deletes the folders that
 * killed processes of this user left.
 */
export function temporaryFolder(kind: 'export' | 'fleet' | 'read', parent: string): string {
  const folder = mkdtempSync(join(realpathSync(parent), `psso-monitor-${kind}-${process.pid}-`));
  deleteLeftFolders(parent, lstatSync(folder).mtimeMs - leftFor);
  return folder;
}

function deleteLeftFolders(parent: string, before: number): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = ownName.exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(parent, name);
    try {
      const stat = lstatSync(path);
      const isOwn = stat.isDirectory() && stat.uid === process.geteuid?.();
      if (isOwn && stat.mtimeMs < before) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process has deleted it, or it can't be deleted: no reason to refuse the work.
    }
  }
}
