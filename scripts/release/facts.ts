import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../agent/shared/version.ts';
import { projectAddress } from '../../pkg-build/project-address.ts';
import { releaseSigner } from '../../pkg-build/release-signer.ts';
import { verifiedRuns } from '../verified/run.ts';
import type { ReleaseFacts } from './conditions.ts';

/** What the conditions of a release are judged by, as it is in this checkout. */
export function releaseFacts(root: string, tag: string | null): ReleaseFacts {
  const head = git(root, 'rev-parse', 'HEAD');
  const tagged =
    tag === null ? null : git(root, 'rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`);
  const changed = git(root, 'status', '--porcelain');
  return {
    version,
    tag,
    tagIsElsewhere: tagged !== null && tagged !== head,
    address: projectAddress,
    signer: releaseSigner,
    changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
    verifiedRuns: realRuns(join(root, 'docs/verified-on-mac.json')),
    commit: head,
    changedFiles: (changed ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.slice(3)),
  };
}

/** Runs that passed at least one line. */
function realRuns(file: string): number {
  if (!existsSync(file)) return 0;
  const { runs } = verifiedRuns.parse(JSON.parse(readFileSync(file, 'utf8')));
  return runs.filter(({ lines }) => lines.some(({ result }) => result === 'passed')).length;
}

/** What git prints; null: it failed, such as in a folder that is no checkout. */
function git(root: string, ...args: string[]): string | null {
  try {
    const printed = execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return printed.trimEnd();
  } catch {
    return null;
  }
}
