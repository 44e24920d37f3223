import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The time of the last commit, in seconds; null: unknown. Git writes it into commit-time.txt when it makes an
 * archive (.gitattributes), such as GitHub's ZIP and tarball. So an archive gives the same package as a
 * checkout.
 */
export function commitTime(root: string): number | null {
  const written = readFileSync(join(root, 'pkg-build/commit-time.txt'), 'utf8').trim();
  if (/^\d+$/.test(written)) return Number(written);
  try {
    const printed = execFileSync('git', ['log', '-1', '--format=%ct'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(printed.trim());
  } catch {
    return null;
  }
}
