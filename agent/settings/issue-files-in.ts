import { existsSync } from 'node:fs';
import { installed } from '../../launchd/installed-paths.ts';
import { below } from '../mac/sysroot.ts';
import type { IssueFiles } from './issue-files.ts';

/**
 * Returns a reader of share/issues.d of the installed product, below a sysroot. Few Macs have the folder:
 * what reads it is loaded where it is there.
 */
export function issueFilesIn(sysroot: string | null): () => Promise<IssueFiles | null> {
  const folder = below(sysroot, `${installed.folder}/share/issues.d`);
  return async () =>
    existsSync(folder) ? (await import('./issue-files.ts')).issueFilesOf(folder, sysroot) : null;
}
