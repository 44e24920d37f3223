import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesOf, issueFilesOf, largestFile, mostFiles } from '../../agent/settings/issue-files.ts';
import { installed } from '../../launchd/installed-paths.ts';

let sysroot: string;
let folder: string;
beforeEach(() => {
  sysroot = mkdtempSync(join(tmpdir(), 'psso-monitor-files-'));
  folder = join(sysroot, installed.folder, 'share/issues.d');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
});
afterEach(() => rmSync(sysroot, { recursive: true, force: true }));

const rule = '{"org-x": {"When": "true", "Title": "x"}}';
const put = (name: string, text: string, mode = 0o644) => {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), mode);
};
const problems = () =>
  issueFilesOf(folder, sysroot)
    .read()
    .map(({ problem }) => problem);

describe('the files of share/issues.d', () => {
  test('are read in the order of their names', () => {
    put('20-b.json', rule);
    put('10-a.json', '{}');
    const files = issueFilesOf(folder, sysroot).read();
    expect(files.map(({ name, entries, problem }) => [name, Object.keys(entries ?? {}), problem])).toEqual([
      ['10-a.json', [], null],
      ['20-b.json', ['org-x'], null],
    ]);
  });

  test('are none without the folder, and have another stamp after a change', () => {
    put('a.json', rule);
    const before = issueFilesOf(folder, sysroot).stamp;
    put('a.json', `${rule}\n`);
    expect(issueFilesOf(folder, sysroot).stamp).not.toBe(before);
    rmSync(folder, { recursive: true });
    expect(issueFilesOf(folder, sysroot)).toMatchObject({ stamp: '' });
    expect(issueFilesOf(folder, sysroot).read()).toEqual([]);
  });

  test.each<[string, () => void, string]>([
    ['writable by the group', () => put('a.json', rule, 0o664), 'may be written by others than its owner'],
    ['writable by all users', () => put('a.json', rule, 0o646), 'may be written by others than its owner'],
    ['a link', () => symlinkSync('/etc/hosts', join(folder, 'a.json')), 'is a link'],
    ['a folder', () => mkdirSync(join(folder, 'a.json')), 'is a folder'],
    ['too large', () => put('a.json', `{"x": "${'x'.repeat(largestFile)}"}`), 'is larger than 65536 bytes'],
    ['no JSON', () => put('a.json', '{'), 'is not JSON'],
    ['a list', () => put('a.json', '[]'), 'has no dictionary of issue ids'],
    ['of another name', () => put('a.plist', rule), 'is not named .json'],
  ])('are ignored when one is %s', (_, make, why) => {
    make();
    put('b.json', rule);
    expect(problems()).toEqual([expect.stringContaining(why), null]);
  });

  test('are ignored beyond a number', () => {
    for (let count = 0; count <= mostFiles; count++) put(`${100 + count}.json`, '{}');
    expect(problems().filter((problem) => problem !== null)).toEqual([
      expect.stringContaining('more than 32 files'),
    ]);
  });

  test('are ignored in a folder that others may write, or of another owner', () => {
    put('a.json', rule);
    const found = lstatSync(folder);
    expect(filesOf(folder, found, found.uid + 1).read()).toMatchObject([
      { entries: null, problem: expect.stringContaining('has another owner than the Mac') },
    ]);
    expect(filesOf(folder, found, found.uid).read()).toMatchObject([{ problem: null }]);
    chmodSync(folder, 0o777);
    expect(problems()).toEqual(['share/issues.d may be written by others than its owner; it is ignored.']);
  });
});
