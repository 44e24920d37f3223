import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../agent/shared/temporary-folder.ts';
import { skipTest } from '../helpers/needs.ts';

let parent: string;
let ended: number;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'psso-monitor-test-left-'));
  ended = spawnSync(process.execPath, ['-e', '']).pid;
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** A folder as a process leaves it that was killed some hours ago. */
function left(name: string, hours: number): string {
  const folder = join(parent, name);
  mkdirSync(join(folder, 'reader'), { recursive: true, mode: 0o711 });
  writeFileSync(join(folder, '0.db'), 'a copy');
  const at = new Date(Date.now() - hours * 3_600_000);
  utimesSync(folder, at, at);
  return folder;
}

test('a private folder deletes those that killed processes left', () => {
  const old = [
    left(`psso-monitor-fleet-${ended}-aB3dE6`, 2),
    left(`psso-monitor-export-${ended}-aB3dE6`, 2),
    left(`psso-monitor-read-${ended}-aB3dE6`, 48),
  ];
  const folder = temporaryFolder('fleet', parent);
  expect(old.filter(existsSync)).toEqual([]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('nothing else is deleted', () => {
  const target = left('target', 48);
  const link = join(parent, `psso-monitor-fleet-${ended}-linkto`);
  symlinkSync(target, link);
  const kept = [
    left(`psso-monitor-fleet-${process.pid}-aB3dE6`, 48),
    left(`psso-monitor-fleet-${ended}-aB3dE6`, 0),
    left(`psso-monitor-fleet-${ended}-aB3dE6x`, 48),
    left(`psso-monitor-fleet-aB3dE6`, 48),
    left(`psso-monitor-bench-${ended}-aB3dE6`, 48),
    ...[target, link, join(target, '0.db')],
  ];
  temporaryFolder('fleet', parent);
  expect(kept.filter(existsSync)).toEqual(kept);
});

test('the folder of another user stays', () => {
  if (process.getuid?.() !== 0) skipTest('needs root');
  const folder = left(`psso-monitor-fleet-${ended}-aB3dE6`, 48);
  chownSync(folder, 501, 501);
  temporaryFolder('fleet', parent);
  expect(existsSync(folder)).toBe(true);
});
