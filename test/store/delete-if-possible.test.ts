import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteIfPossible } from '../../agent/store/delete-if-possible.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso delete '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('deletes a file, and does nothing without one', () => {
  const file = join(folder, 'file');
  writeFileSync(file, 'x');
  deleteIfPossible(file);
  expect(existsSync(file)).toBe(false);
  expect(() => deleteIfPossible(file)).not.toThrow();
});

test('leaves a folder in the place of the file, and does not throw', () => {
  const inPlace = join(folder, 'folder');
  mkdirSync(inPlace);
  expect(() => deleteIfPossible(inPlace)).not.toThrow();
  expect(existsSync(inPlace)).toBe(true);
});
