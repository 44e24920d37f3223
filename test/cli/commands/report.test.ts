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
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';
import { dataIn } from '../../report/histories.ts';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor report '));
  data = join(folder, 'data');
  const scenario = join(import.meta.dirname, '../../scenarios/registration-needs-repair.ndjson');
  await replayInto(data, scenario);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('report', () => {
  test('writes one private file and prints how to open it', () => {
    const out = join(folder, 'report.html');
    const ran = cli(['report', '--data-dir', data, '--out', out]);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain(
      process.platform === 'darwin'
        ? `To view it:\n  open '${out}'\n`
        : `To view it, open this address in a browser:\n  ${pathToFileURL(out).href}\n`,
    );
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const html = readFileSync(out, 'utf8');
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain("default-src 'none'");
    expect(readdirSync(folder).filter((name) => name.includes('report'))).toEqual(['report.html']);
  });

  test('never overwrites a file without --force', () => {
    const out = join(folder, 'mine.html');
    writeFileSync(out, 'mine');
    const refused = cli(['report', '--data-dir', data, '--out', out]);
    expect(refused).toMatchObject({ status: 2 });
    expect(refused.stderr).toContain('--force');
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(cli(['report', '--data-dir', data, '--out', out, '--force']).status).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('<!doctype html>');
  });

  test('--open opens the page, and says when macOS could not', () => {
    const out = join(folder, 'opened.html');
    const mac = join(folder, 'mac');
    mkdirSync(join(mac, 'usr/bin'), { recursive: true });
    const open = (...more: string[]) =>
      cli(['report', '--open', '--sysroot', mac, '--data-dir', data, '--out', out, ...more]);
    expect(open()).toMatchObject({ status: 1, stderr: expect.stringContaining('could not open') });
    writeFileSync(join(mac, 'usr/bin/open'), `#!/bin/sh\nprintf %s "$1" > '${out}.opened'\n`, {
      mode: 0o755,
    });
    expect(open('--force')).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(`${out}.opened`, 'utf8')).toBe(out);
  });

  test('reports the same on a collected database, and does not change that file', () => {
    const pulled = join(folder, 'pulled.db');
    expect(cli(['export', '--format', 'sqlite', '--out', pulled, '--data-dir', data]).status).toBe(0);
    const before = readFileSync(pulled);
    const out = join(folder, 'of-pulled.html');
    const ran = cli(['report', '--database', pulled, '--out', out, '--data-dir', join(folder, 'none')]);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(dataIn(readFileSync(out, 'utf8'))).toContain('registration-lost');
    expect(readFileSync(pulled).equals(before)).toBe(true);
  });

  test.each([
    [
      'a file that is no database',
      () => ['--database', join(import.meta.dirname, '../../helpers/cli.ts')],
      1,
      /cli\.ts can't be read.*not an SQLite/,
    ],
    [
      'a file that is not there',
      () => ['--database', join(folder, 'nowhere.db')],
      2,
      /there is no file or folder .*nowhere\.db/,
    ],
    ['no history yet', () => ['--data-dir', join(folder, 'empty')], 1, /There is no history yet/],
    ['a time that is none', () => ['--data-dir', data, '--since', 'soon'], 2, /--since takes a time/],
    [
      'a folder that is not there',
      () => ['--data-dir', data, '--out', join(folder, 'no/where.html')],
      1,
      /its folder does not exist/,
    ],
  ])('%s is a problem of one line, and no file is written', (_what, args, status, says) => {
    const out = join(folder, 'nothing.html');
    const given = args();
    const ran = cli(['report', ...given, ...(given.includes('--out') ? [] : ['--out', out])]);
    expect(ran.status).toBe(status);
    expect(ran.stderr).toMatch(says);
    expect(existsSync(out)).toBe(false);
  });
});
