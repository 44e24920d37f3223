import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IrregularFileError, readRegularText } from '../../agent/shared/regular-file.ts';
import { cli } from '../helpers/cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-regular-'));
  writeFileSync(join(folder, 'regular'), 'grüße');
  symlinkSync('regular', join(folder, 'link'));
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  symlinkSync('/dev/zero', join(folder, 'zero'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a regular file is read up to the limit, also through a link', () => {
  expect(readRegularText(join(folder, 'regular'), 7)).toBe('grüße');
  expect(readRegularText(join(folder, 'link'), 7)).toBe('grüße');
  expect(() => readRegularText(join(folder, 'regular'), 6)).toThrow('is larger than 6 bytes');
});

test.each(['fifo', 'zero', '.'])('%s is refused and never waited for', (name) => {
  expect(() => readRegularText(join(folder, name), 100)).toThrow(IrregularFileError);
});

test.each(['fifo', 'zero', '.'])('a scenario and a file that it names may not be %s', (name) => {
  const scenario = join(folder, 'scenario.ndjson');
  const head = { scenario: 'odd', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' };
  const lines = [head, { at: '+1h', appSso: { file: name } }, { at: '+2h', end: true }];
  writeFileSync(scenario, lines.map((line) => JSON.stringify(line)).join('\n'));
  for (const args of [
    ['replay', scenario],
    ['replay', join(folder, name)],
    ['config', '--check', join(folder, name)],
  ]) {
    const { status, stderr } = cli(args);
    expect({ status, lines: stderr.trim().split('\n').length }).toEqual({ status: 2, lines: 1 });
  }
});
