import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileAt } from '../../agent/store/file-at.ts';
import { temporaryFolder } from './samples.ts';

test('a file stays the same under another name, and another file with its name is another one', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'one');
  expect(fileAt(path)).toBe('none');
  writeFileSync(path, '');
  const first = fileAt(path);
  linkSync(path, join(folder, 'also one'));
  expect(fileAt(join(folder, 'also one'))).toBe(first);
  writeFileSync(join(folder, 'other'), '');
  renameSync(join(folder, 'other'), path);
  expect(fileAt(path)).not.toBe(first);
  rmSync(path);
  expect(fileAt(path)).toBe('none');
});
