import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, type Ran } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';
import { temporaryFolder } from '../../store/samples.ts';
import { changed, traps } from '../../untrusted/untrusted-databases.ts';

const scenario = fileURLToPath(
  new URL('../../scenarios/per-user-mfa-blocks-password-sync.ndjson', import.meta.url),
);
let scratch: string;
let data: string;
let pulled: string;

/** A history of the Mac itself, and a copy of its database with another name. */
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'psso-monitor-database-'));
  data = join(scratch, 'data');
  await replayInto(data, scenario);
  pulled = join(scratch, 'C02ABC.db');
  copyFileSync(join(data, 'events.db'), pulled);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const readers: readonly (readonly string[])[] = [
  ['status', '--json'],
  ['issues', '--all', '--json'],
  ['explain', 'psso-not-registered', '--json'],
  ['explain', '--json'],
  ['events', '--json'],
  ['events'],
  ['sync', '--json'],
  ['advice'],
  ['attribute', '--json'],
  ['export'],
  ['validate', '--json'],
  ['diagnose', '--describe'],
];

/**
 * The view counts the seconds until now, two texts say when they were written, and a command to copy names
 * the history.
 */
function timeless({ stdout, ...ran }: Ran): Ran {
  const changing =
    /"open_seconds": ?"\d+"|"judgedAt": ?"[^"]+"|^Written by .*$| --(?:data-dir|database) \S+/gm;
  return { ...ran, stdout: stdout.replace(changing, '') };
}

describe('--database', () => {
  test.each(readers)('answers as on the Mac itself: %s', (...args) => {
    const onTheMac = timeless(cli([...args, '--data-dir', data]));
    expect(onTheMac.stdout).not.toBe('');
    expect(timeless(cli([...args, '--database', pulled]))).toEqual(onTheMac);
  });

  test('reads a copy that is packed by gzip, and the folder that collect.sh sends', () => {
    const folder = join(temporaryFolder(), 'C02ABC/501');
    mkdirSync(folder, { recursive: true });
    const packed = join(folder, 'events.db.gz');
    writeFileSync(packed, gzipSync(readFileSync(pulled)));
    const plain = timeless(cli(['events', '--json', '--database', pulled]));
    expect(plain.stdout).not.toBe('');
    expect(timeless(cli(['events', '--json', '--database', packed]))).toEqual(plain);
    expect(timeless(cli(['events', '--json', '--database', folder]))).toEqual(plain);
  });

  test('takes the folder of a database, with its silences, and changes nothing in it', () => {
    const folder = join(temporaryFolder(), 'pulled');
    mkdirSync(folder);
    copyFileSync(pulled, join(folder, 'events.db'));
    writeFileSync(join(folder, 'silences.json'), '{"psso-not-registered":"2999-01-01T00:00:00Z"}');
    const before = readdirSync(folder).map((name) => [
      name,
      readFileSync(join(folder, name)).toString('hex'),
    ]);
    const { status, stdout, stderr } = cli(['status', '--database', folder]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('Silenced by the user until 2999-01-01');
    expect(stdout).toContain(`This is the history in ${folder}.`);
    expect(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('hex')]),
    ).toEqual(before);
  });

  test('doctor checks only the copy, and says how sign-in was', () => {
    const { status, stdout } = cli(['doctor', '--database', pulled]);
    expect(status).toBe(0);
    expect(stdout).toContain('not run  This is a copy of a history');
    expect(stdout).toContain('The database is sound');
    expect(stdout).toContain('Sign-in in this history: Not known since 2026-03-02 14:00');
    expect(stdout).not.toContain('psso-monitor run');
  });

  test('diagnose makes the archive of a copy from its history alone', () => {
    const zip = join(temporaryFolder(), 'copy.zip');
    const { status, stdout, stderr } = cli(['diagnose', '--database', pulled, '--yes', '--out', zip]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const files = unzipSync(readFileSync(zip));
    expect(Object.keys(files).sort()).toEqual([
      'contents.txt',
      'description.md',
      'events.db',
      'next-steps.txt',
      'timeline.html',
      'versions.json',
    ]);
    for (const name of Object.keys(files).filter((file) => file !== 'contents.txt'))
      expect(stdout).toContain(`  ${name} `);
    const text = strFromU8(files['description.md'] ?? new Uint8Array());
    expect(text).toContain('- macOS: 15.6');
    // The days end with the history, which is older than the usual days.
    expect(text).toContain('Notified: “Set up work sign-in on this Mac”');
  });

  test('diagnose prints why a copy can not be read before it announces an archive', () => {
    const { status, stdout, stderr } = cli(['diagnose', '--database', '/nowhere.db', '--yes']);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'psso-monitor: there is no file or folder /nowhere.db.\n',
    });
  });

  test('runs no code of the file', () => {
    const [, sql] = traps[0] ?? ['', ''];
    const trap = join(temporaryFolder(), 'trap.db');
    copyFileSync(pulled, trap);
    changed(trap, sql);
    expect(cli(['status', '--json', '--database', trap]).stdout).toBe(
      cli(['status', '--json', '--database', pulled]).stdout,
    );
  });

  test.each([
    [
      'a file that is not there',
      ['status', '--database', '/nowhere/events.db'],
      'there is no file or folder',
    ],
    ['a folder without a database', ['issues', '--database', '/'], 'the folder / holds no events.db'],
    [
      'a user and a copy',
      ['status', '--database', '/x', '--user', 'alex'],
      '--user and --database each name',
    ],
    [
      'a user and a folder',
      ['status', '--data-dir', '/x', '--user', 'alex'],
      '--user and --data-dir each name',
    ],
    ['a copy to watch', ['status', '--watch', '--database', '/x'], '--watch follows an agent'],
  ])('%s is wrong usage', (_, args, says) => {
    const { status, stdout, stderr } = cli(args);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(says),
    });
  });

  test('a file that is no database is a problem of one line', () => {
    const { status, stderr } = cli(['events', '--database', fileURLToPath(import.meta.url)]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^psso-monitor: .* can't be read as a database of PSSO Monitor: it is not an SQLite.*\n$/,
    );
  });
});

describe('doctor on a folder with a history and no agent', () => {
  test('does not say that an agent should run there', () => {
    const { stdout } = cli(['doctor', '--data-dir', data]);
    expect(stdout).toContain('not run  This folder holds a history and no agent');
    expect(stdout).not.toContain('No agent has ever run');
  });
});
