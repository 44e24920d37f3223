import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, entry } from '../../helpers/cli.ts';
import { skipTest } from '../../helpers/needs.ts';
import { history } from '../../untrusted/untrusted-databases.ts';

const asRoot = process.getuid?.() === 0;
let scratch: string;
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let mac: string;

/** Whether another user can run this checkout, such as one below /root can't. */
function isOpenToAll(path: string): boolean {
  return (statSync(path).mode & 0o005) === 0o005 && (path === '/' || isOpenToAll(dirname(path)));
}

function home(user: string, uid: number): void {
  const path = join(mac, 'Users', user);
  const folder = join(path, 'Library/Application Support/PSSO Monitor');
  mkdirSync(folder, { recursive: true });
  history(join(folder, 'events.db'), [`of ${user}`]);
  const give = (place: string) => {
    chownSync(place, uid, uid);
    if (statSync(place).isDirectory()) for (const name of readdirSync(place)) give(join(place, name));
    chmodSync(place, statSync(place).isDirectory() ? 0o700 : 0o600);
  };
  if (asRoot) give(path);
}

/** sam at the console, alex beside. */
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'psso-monitor-user-'));
  chmodSync(scratch, 0o755);
  mac = join(scratch, 'mac');
  expect(cli(['simulate', mac, '--user', 'sam']).status).toBe(0);
  home('sam', 65_533);
  home('alex', 65_534);
});

const events = (...args: string[]) => cli(['events', '--all', '--sysroot', mac, ...args]);

describe('root that reads a history', () => {
  test('reads that of the user at the console, and says so', () => {
    if (!asRoot || !isOpenToAll(dirname(entry))) skipTest('needs root, and a checkout that all can read');
    const { status, stdout, stderr } = events();
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr:
        'psso-monitor: this is the history of sam, the user at the console; --user NAME chooses another.\n',
    });
    expect(stdout).toContain('of sam');
  });

  test('reads nothing without the rights of that user', () => {
    if (!asRoot || !isOpenToAll(dirname(entry))) skipTest('needs root, and a checkout that all can read');
    if (spawnSync('setpriv', ['--version']).error !== undefined) skipTest('needs setpriv');
    // Without this capability root can't change its uid.
    const args = ['--bounding-set', '-setuid', process.execPath, entry, 'events', '--sysroot', mac];
    const { status, stdout, stderr } = spawnSync('setpriv', args, { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('root could not take the rights of sam.');
  });

  test.each(['status', 'issues', 'explain', 'sync', 'advice', 'export', 'doctor', 'silence', 'attribute'])(
    '%s reads that of --user',
    (command) => {
      if (!asRoot || !isOpenToAll(dirname(entry))) skipTest('needs root, and a checkout that all can read');
      const { stdout, stderr } = cli([command, '--sysroot', mac, '--user', 'alex']);
      expect(stderr).toBe('');
      expect(stdout).not.toBe('');
    },
  );

  test('has only the rights of the user before it reads anything', () => {
    if (!asRoot || !isOpenToAll(dirname(entry))) skipTest('needs root, and a checkout that all can read');
    expect(events('--user', 'alex').stdout).toContain('of alex');
    // A link to a file of another user opens for root only.
    const folder = join(mac, 'Users/alex/Library/Application Support/PSSO Monitor');
    renameSync(join(folder, 'events.db'), join(folder, 'aside'));
    symlinkSync(
      join(mac, 'Users/sam/Library/Application Support/PSSO Monitor/events.db'),
      join(folder, 'events.db'),
    );
    try {
      const { status, stdout } = events('--user', 'alex');
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    } finally {
      renameSync(join(folder, 'aside'), join(folder, 'events.db'));
    }
  });

  test('names the users when no user is at the console, or the name is wrong', () => {
    if (!asRoot) skipTest('needs root');
    const wrong = events('--user', 'eve');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/there is no user "eve"; choose one with --user NAME \(in .*: alex, sam\)/);
    const answer = join(mac, '.simulated-mac/answers');
    for (const name of readdirSync(answer).filter((one) => one.startsWith('ioreg')))
      writeFileSync(join(answer, name), '#!/bin/sh\nexit 1\n');
    const { status, stderr } = events();
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining('no user is at the console'),
    });
  });
});

test('another caller needs root for another user', () => {
  if (asRoot) skipTest('needs a user who is not root');
  const { status, stderr } = events('--user', 'another');
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('--user needs root: sudo '),
  });
});
