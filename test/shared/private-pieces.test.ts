import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../../agent/shared/errors.ts';
import { writePrivatePieces } from '../../agent/shared/private-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso pieces '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('each piece is on the disk before the next one is made, under another name', async () => {
  const path = join(folder, 'page.html');
  const sizes: number[] = [];
  async function* pieces() {
    for (const piece of ['a', 'ä', 'c']) {
      sizes.push(readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0));
      expect(readdirSync(folder)).not.toContain('page.html');
      yield piece.repeat(100_000);
    }
  }
  await writePrivatePieces(path, pieces(), { force: false });
  expect(sizes).toEqual([0, 100_000, 300_000]);
  expect(readFileSync(path, 'utf8')).toBe('a'.repeat(100_000) + 'ä'.repeat(100_000) + 'c'.repeat(100_000));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['page.html']);
});

test('an error of a piece leaves no file, and is the error of the call', async () => {
  async function* pieces() {
    yield 'begun';
    throw new RangeError('no more');
  }
  const writing = writePrivatePieces(join(folder, 'page.html'), pieces(), { force: false });
  await expect(writing).rejects.toThrow(RangeError);
  expect(readdirSync(folder)).toEqual([]);
});

test('an existing file stays unless it may be overwritten', async () => {
  const path = join(folder, 'page.html');
  writeFileSync(path, 'old');
  async function* pieces() {
    yield 'new';
  }
  await expect(writePrivatePieces(path, pieces(), { force: false })).rejects.toThrow(UsageError);
  expect(readFileSync(path, 'utf8')).toBe('old');
  await writePrivatePieces(path, pieces(), { force: true });
  expect(readFileSync(path, 'utf8')).toBe('new');
});
