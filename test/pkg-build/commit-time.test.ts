import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { commitTime } from '../../pkg-build/commit-time.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

const files = ['.gitattributes', 'pkg-build/commit-time.txt'];
function copyTo(place: string): void {
  mkdirSync(join(place, 'pkg-build'), { recursive: true });
  for (const file of files) copyFileSync(join(root, file), join(place, file));
}

test('a checkout and its archive have the time of the commit', () => {
  const checkout = join(folder, 'checkout');
  copyTo(checkout);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: checkout,
      env: { ...process.env, GIT_COMMITTER_DATE: '@1795000000 +0000', GIT_CEILING_DIRECTORIES: folder },
    });
  git('init', '-q');
  git('add', ...files);
  git('commit', '-qm', 'all');
  expect(commitTime(checkout)).toBe(1_795_000_000);

  const archive = join(folder, 'archive');
  mkdirSync(archive);
  git('archive', '--output', join(folder, 'archive.tar'), 'HEAD');
  execFileSync('tar', ['-xf', join(folder, 'archive.tar'), '-C', archive]);
  expect(commitTime(archive)).toBe(1_795_000_000);
});

test('a copy without git has none', () => {
  copyTo(folder);
  expect(commitTime(folder)).toBeNull();
});
