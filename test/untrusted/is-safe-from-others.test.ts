import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { isSafeFromOthers } from '../../agent/untrusted/is-safe-from-others.ts';
import { skipTest } from '../helpers/needs.ts';
import { temporaryFolder } from '../store/samples.ts';

let folder: string;
let file: string;
beforeEach(() => {
  if (process.getuid?.() !== 0) skipTest('needs root');
  folder = temporaryFolder();
  mkdirSync(join(folder, 'inner'));
  file = join(folder, 'inner', 'events.db');
  writeFileSync(file, '');
});

test('a file in folders of root only', () => {
  expect(isSafeFromOthers(file)).toBe(true);
});

test.each(['inner', '.'])('a folder on the way belongs to another user: %s', (name) => {
  chownSync(join(folder, name), 501, 501);
  expect(isSafeFromOthers(file)).toBe(false);
});

test.each([0o775, 0o757])('others can write a folder on the way: %o', (mode) => {
  chmodSync(folder, mode);
  expect(isSafeFromOthers(file)).toBe(false);
  chmodSync(folder, mode | 0o1000);
  expect(isSafeFromOthers(file)).toBe(true);
});

test('a link of another folder counts by where it points', () => {
  const link = join(folder, 'link.db');
  symlinkSync(file, link);
  expect(isSafeFromOthers(link)).toBe(true);
  chownSync(join(folder, 'inner'), 501, 501);
  expect(isSafeFromOthers(link)).toBe(false);
});
