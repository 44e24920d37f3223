import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placeFile, placeFileAsync, writeAtomicFile } from '../../agent/shared/atomic-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-atomic-'));
  path = join(folder, 'file');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeAtomicFile', () => {
  test.each([true, false])('replaces a file, for its user only (durable: %s)', (durable) => {
    writeFileSync(path, 'old', { mode: 0o644 });
    writeAtomicFile(path, 'new', { durable });
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('keeps the old file, and no temporary one, when a step fails', () => {
    writeFileSync(path, 'old');
    const fails = () => {
      throw new Error('it does not work');
    };
    expect(() => writeAtomicFile(path, 'new', { durable: false, beforeRename: fails })).toThrow(
      'it does not work',
    );
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('throws the error of the write also when the temporary file cannot be deleted', () => {
    mkdirSync(join(folder, `file.${process.pid}.partial`));
    expect(() => writeAtomicFile(path, 'new', { durable: false })).toThrow(/EISDIR/);
    expect(existsSync(path)).toBe(false);
  });
});

describe('placeFile', () => {
  test('keeps an existing file without `replace`', async () => {
    writeFileSync(path, 'old');
    const write = (temporary: string) => writeFileSync(temporary, 'new');
    expect(() => placeFile(path, write, { replace: false })).toThrow(/EEXIST/);
    await expect(
      placeFileAsync(path, async (temporary) => write(temporary), { replace: false }),
    ).rejects.toThrow(/EEXIST/);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('creates a file without `replace`, and leaves no temporary one', () => {
    placeFile(path, (temporary) => writeFileSync(temporary, 'new'), { replace: false });
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
