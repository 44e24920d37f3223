import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listSilences } from '../../agent/notify/list-silences.ts';
import { readSilences, writeSilence } from '../../agent/notify/silences.ts';

const now = Date.parse('2026-03-02T10:00:00Z');
const day = 86_400_000;
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-silences-'));
  file = join(folder, 'silences.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a silence lasts until its time, beside others', () => {
  writeSilence(file, 'psso-not-registered', now + day);
  writeSilence(file, 'sso-tokens-expired', now + 7 * day);
  expect(readSilences(file, now)).toEqual({
    'psso-not-registered': now + day,
    'sso-tokens-expired': now + 7 * day,
  });
  expect(readSilences(file, now + day)).toEqual({ 'sso-tokens-expired': now + 7 * day });
});

test('a list of no file is empty, and one of what is no file is an error with the reason', () => {
  expect(listSilences(file, now)).toEqual({});
  writeSilence(file, 'psso-not-registered', now + day);
  expect(listSilences(file, now)).toEqual({ 'psso-not-registered': now + day });
  rmSync(file);
  mkdirSync(file);
  expect(() => listSilences(file, now)).toThrow(`${file} can't be read, so no issue is silenced`);
});

test('a silence can be ended', () => {
  writeSilence(file, 'psso-not-registered', now + day);
  writeSilence(file, 'psso-not-registered', null);
  expect(readSilences(file, now)).toEqual({});
});

test.each(['', 'not JSON', '[]', '{"psso-not-registered": 5}', '{"psso-not-registered": "soon"}'])(
  'a file that says %j silences nothing, and is no error',
  (content) => {
    writeFileSync(file, content);
    expect(readSilences(file, now)).toEqual({});
    writeSilence(file, 'psso-not-registered', now + day);
    expect(readSilences(file, now)).toEqual({ 'psso-not-registered': now + day });
  },
);

test('no file is no silence', () => {
  expect(readSilences(file, now)).toEqual({});
});

test('a clock that was ahead when another silence was written has ended none', () => {
  writeSilence(file, 'psso-not-registered', now + 7 * day);
  expect(readSilences(file, now + 400 * day)).toEqual({});
  writeSilence(file, 'sso-tokens-expired', now + 400 * day);
  writeSilence(file, 'sso-tokens-expired', null);
  expect(readSilences(file, now)).toEqual({ 'psso-not-registered': now + 7 * day });
});
