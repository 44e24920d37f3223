import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readSpareRecord, writeSpareRecord } from '../../agent/store/spare-run-file.ts';

const record = { dataDir: '/Users/alex/data', lastPollAt: 17, run: { pid: 4 } };
let temporary: string;
let folder: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'psso-spare-'));
  folder = join(temporary, `psso-monitor-${userInfo().uid}`);
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

it('is read again for its data folder, and for no other', () => {
  writeSpareRecord(record);
  expect(readSpareRecord(record.dataDir)).toEqual(record);
  expect(readSpareRecord('/Users/alex/other')).toBeNull();
});

it.each<[string, () => void]>([
  ['that others can read', () => mkdirSync(folder, { mode: 0o755 })],
  ['that is a link', () => symlinkSync(temporary, folder)],
])('is not written into a folder %s, and the error names it', (_what, spoil) => {
  spoil();
  expect(() => writeSpareRecord(record)).toThrow(`${folder} does not belong to this user alone`);
});

it('is not read from a folder that others can change', () => {
  writeSpareRecord(record);
  chmodSync(folder, 0o777);
  expect(readSpareRecord(record.dataDir)).toBeNull();
});
