import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BuildError } from '../../pkg-build/build-error.ts';
import {
  addFolder,
  addForAdmins,
  installerScripts,
  type PackageFiles,
} from '../../pkg-build/package-files.ts';
import { writeWhole } from '../../pkg-build/write-whole.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('addFolder leaves out files of Finder and editors', () => {
  mkdirSync(join(folder, 'jamf/.backup'), { recursive: true });
  for (const name of [
    '.DS_Store',
    'page.md',
    'page.md~',
    'jamf/.DS_Store',
    'jamf/a.sh',
    'jamf/._a.sh',
    'jamf/.backup/a.sh',
  ])
    writeFileSync(join(folder, name), name);
  const files: PackageFiles = new Map();
  addFolder(files, folder, 'share');
  expect([...files.keys()].sort()).toEqual(['share/jamf/a.sh', 'share/page.md']);
});

test('every link of a shipped page leads to a shipped file', () => {
  const files: PackageFiles = new Map();
  addForAdmins(files, join(import.meta.dirname, '../..'));
  const there = (path: string) => [...files.keys()].some((one) => one === path || one.startsWith(`${path}/`));
  const links = [...files].flatMap(([path, { content }]) =>
    [
      ...Buffer.from(content)
        .toString('utf8')
        .matchAll(/\]\(([^)\s#]+)[^)]*\)/g),
    ]
      .filter(([, link = '']) => path.endsWith('.md') && !/^[a-z]+:/.test(link))
      .map(([, link = '']) => ({ path, to: posix.join(posix.dirname(path), link) })),
  );
  expect(links.filter(({ to }) => !there(to))).toEqual([]);
  // Beside each other, in a folder of another name in the package, and with a page that is not shipped.
  expect(links).toContainEqual({ path: 'share/docs/admin/intune.md', to: 'share/docs/admin/any-mdm.md' });
  expect(links).toContainEqual({ path: 'share/docs/contracts.md', to: 'share/schemas/README.md' });
  const page = Buffer.from(files.get('share/docs/admin/fleet.md')?.content ?? '').toString('utf8');
  expect(page).toContain('(`npm run bench`; why SQLite)');
});

test('installerScripts has the three scripts, and no other file of the folder', () => {
  const installer = join(folder, 'pkg-build/installer');
  mkdirSync(installer, { recursive: true });
  for (const name of ['common.sh', 'preinstall', 'postinstall', 'postinstall.orig', '.DS_Store'])
    writeFileSync(join(installer, name), name);
  expect([...installerScripts(folder).keys()]).toEqual(['common.sh', 'postinstall', 'preinstall']);
});

test('writeWhole keeps the older package when the write fails', () => {
  const written = writeWhole(folder, 'a.pkg', Buffer.from('old'));
  // A folder with the name of the temporary file: the write fails, as on a full disk.
  mkdirSync(join(folder, 'a.pkg.partial'));
  expect(() => writeWhole(folder, 'a.pkg', Buffer.from('new'))).toThrow(BuildError);
  expect(readFileSync(written, 'utf8')).toBe('old');
  rmSync(join(folder, 'a.pkg.partial'), { recursive: true });
  writeWhole(folder, 'a.pkg', Buffer.from('new'));
  expect(readFileSync(written, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['a.pkg']);
});
