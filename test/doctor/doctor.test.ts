import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { buildBinary } from 'plist';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Check } from '../../agent/doctor/check.ts';
import { database } from '../../agent/doctor/checks/database.ts';
import { running as runningCheck } from '../../agent/doctor/checks/running.ts';
import { sources } from '../../agent/doctor/checks/sources.ts';
import { doctorDependencies } from '../../agent/doctor/doctor-dependencies.ts';
import { doctorOutput } from '../../agent/doctor/doctor-output.ts';
import { runChecks } from '../../agent/doctor/run-checks.ts';
import type { Files } from '../../agent/mac/files.ts';
import { type FailureReason, failed } from '../../agent/shared/reading.ts';
import { installSysroot, type Sysroot } from '../../agent/simulation/sysroot.ts';
import { installed, label } from '../../launchd/installed-paths.ts';
import { cli, entry, type Running, start } from '../helpers/cli.ts';
import { needsLinux } from '../helpers/needs.ts';
import { recordedState } from '../helpers/recorded-state.ts';
import { until } from '../helpers/until.ts';
import { print } from '../mac/sources/app-sso/printed-app-sso.ts';

let folder: string;
let dataDir: string;
let sysroot: string;
let mac: Sysroot;
let running: Running[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor doctor '));
  dataDir = join(folder, 'data');
  sysroot = join(folder, 'mac');
  mac = installSysroot(sysroot);
  running = [];
});
afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, content: string | Uint8Array, mode = 0o644): void {
  const file = join(sysroot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, mode);
}

/** The installed package, with a launchd that has the agent or not. */
function installPackage({ loaded = true, disabled = false } = {}): void {
  for (const path of [installed.launchAgent, installed.node, installed.entry]) write(path, '');
  const said = disabled ? `\t"${label}" => disabled` : '';
  write(
    '/bin/launchctl',
    `#!/bin/sh\nif [ "$1" = print-disabled ]; then printf '%s\\n' '${said}'; exit 0; fi\nexit ${loaded ? 0 : 113}\n`,
    0o755,
  );
}

async function runAgent(): Promise<void> {
  running.push(start(['run', '--sysroot', sysroot, '--data-dir', dataDir, '--every', '1']));
  await until(() => recordedState(dataDir, 'headline') === 'ok', 'a poll');
}

function doctor() {
  const args = ['doctor', '--sysroot', sysroot, '--data-dir', dataDir];
  const { status, stdout } = cli([...args, '--json']);
  const output = doctorOutput.parse(JSON.parse(stdout));
  const of = (id: string) => output.checks.filter((check) => check.id === id);
  return { status, output, of, text: () => cli(args).stdout };
}

describe('doctor', () => {
  test('finds no failure on a healthy Mac, and says so first', async () => {
    installPackage();
    await runAgent();
    const { status, output, of, text } = doctor();
    expect(output.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(status).toBe(0);
    for (const id of ['installation', 'launchd', 'running', 'last-look', 'database', 'settings', 'sources'])
      expect(of(id)[0]?.verdict, id).toBe('pass');
    expect(text()).toMatch(/^(All checks pass|No check fails)/);
  });

  test('before installation and first run, prints the next steps and fails only for these', () => {
    const { status, of } = doctor();
    expect(status).toBe(1);
    expect(of('installation')).toMatchObject([{ verdict: 'could-not-run' }]);
    expect(of('launchd')).toEqual([]);
    expect(of('running')[0]).toMatchObject({
      verdict: 'fail',
      message: 'No agent has ever run for this user.',
    });
    expect(of('database')[0]?.next).toContain('psso-monitor once');
  });

  test('reports an incomplete package and one that others can change', () => {
    installPackage();
    rmSync(join(sysroot, installed.entry));
    expect(doctor().of('installation')).toMatchObject([{ verdict: 'fail' }]);
    installPackage();
    chmodSync(join(sysroot, installed.launchAgent), 0o666);
    expect(doctor().of('installation')[0]?.message).toContain('changed by others');
  });

  test('distinguishes a switched off agent from one that launchd does not have', () => {
    installPackage({ loaded: false });
    expect(doctor().of('launchd')[0]?.message).toContain('does not have the agent');
    installPackage({ loaded: false, disabled: true });
    expect(doctor().of('launchd')[0]).toMatchObject({ verdict: 'fail', message: /switched off/ });
  });

  test('distinguishes a crashed agent, a stopped one, and one in crash back-off', async () => {
    mkdirSync(dataDir, { recursive: true });
    const file = { pid: 999_999, startedAt: new Date().toISOString(), version: '0.1.0' };
    const leave = (more: object) =>
      writeFileSync(join(dataDir, 'agent.json'), JSON.stringify({ ...file, ...more }));
    leave({ cleanStop: false });
    expect(doctor().of('running')[0]).toMatchObject({ verdict: 'fail', message: /did not stop cleanly/ });
    leave({ cleanStop: true });
    expect(doctor().of('running')[0]?.message).toContain('stopped cleanly');
    const waitsUntil = new Date(Date.now() + 60_000).toISOString();
    leave({ pid: process.pid, cleanStop: false, quickDeaths: 7, waitsUntil, version: '0.0.1' });
    const [waits, version] = doctor().of('running');
    expect(waits).toMatchObject({ verdict: 'fail', message: /7 times in a row/ });
    expect(version).toMatchObject({ verdict: 'warn', message: /0\.0\.1/ });
  });

  test('names each invalid setting, with its origin in the next step', () => {
    write(
      '/Library/Managed Preferences/io.github.psso-monitor.plist',
      buildBinary({ PollIntervalSeconds: 1, Nonsense: true }),
    );
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'settings.json'), '{"RetentionDays": 5}');
    const { of } = doctor();
    expect(of('settings').map(({ verdict }) => verdict)).toEqual(['warn', 'warn', 'warn']);
    expect(of('settings').map(({ next }) => next)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('config --check'),
        expect.stringContaining('settings.json'),
      ]),
    );
  });

  test('names each unreadable source: a missing app-sso fails, another one warns', () => {
    mac.apply({ appSso: { fail: 'missing' }, passwordPolicy: { fail: 'exit' }, focus: 'unknown' });
    const { of } = doctor();
    expect(of('source-appSso')[0]).toMatchObject({ verdict: 'fail' });
    expect(of('source-passwordPolicy')[0]).toMatchObject({ verdict: 'warn' });
    expect(of('source-focus')[0]).toMatchObject({ verdict: 'could-not-run' });
  });

  test('reports app-sso output that was not understood', () => {
    expect(doctor().of('app-sso-understood')).toEqual([]);
    mac.apply({ appSso: { text: print({ tokens: ['Received:', '2. Maerz 2026'] }) } });
    expect(doctor().of('app-sso-understood')[0]).toMatchObject({
      verdict: 'warn',
      message: expect.stringContaining('token section: Received is no date'),
      next: expect.stringContaining('psso-monitor parse app-sso'),
    });
  });

  test('reports a damaged and an unreadable database', () => {
    cli(['once', '--sysroot', sysroot, '--data-dir', dataDir]);
    const file = join(dataDir, 'events.db');
    const sound = readFileSync(file);
    const damaged = Buffer.from(sound);
    damaged.fill(0x55, 4096);
    writeFileSync(file, damaged);
    expect(doctor().of('database')[0]).toMatchObject({
      verdict: 'fail',
      message: 'The database is damaged.',
    });
    writeFileSync(file, 'not a database at all, and long enough to be looked at');
    expect(doctor().of('database')[0]?.verdict).toBe('fail');
  });

  test('names the notification channel, and fails without one', () => {
    expect(doctor().of('notices')[0]).toMatchObject({ verdict: 'warn', message: /osascript/ });
    rmSync(join(sysroot, 'usr/bin/osascript'));
    expect(doctor().of('notices')[0]).toMatchObject({ verdict: 'fail' });
  });

  test('on another system than macOS, does not fail the checks of a Mac', () => {
    const { stdout } = cli(['doctor', '--json', '--data-dir', dataDir]);
    const { checks } = doctorOutput.parse(JSON.parse(stdout));
    const failing = checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    expect(failing).toEqual(process.platform === 'darwin' ? failing : ['running', 'database']);
  });

  test('changes nothing', () => {
    doctor();
    expect(() => readFileSync(dataDir)).toThrow(/ENOENT/);
  });
});

describe('a database that the disk fails to read', () => {
  needsLinux('strace makes system calls fail');

  // SQLite reports an early failure as one, and a later one as damage.
  test.each([1, 8])('from read %i on is not called damaged', (first) => {
    cli(['once', '--sysroot', sysroot, '--data-dir', dataDir]);
    const inject = ['-e', 'trace=pread64', '-e', `inject=pread64:error=EIO:when=${first}+`];
    const { stdout } = spawnSync(
      'strace',
      [
        ...['-f', '-qq', '-o', '/dev/null', '-P', join(dataDir, 'events.db'), ...inject],
        ...[process.execPath, entry, 'doctor', '--json', '--sysroot', sysroot, '--data-dir', dataDir],
      ],
      { encoding: 'utf8' },
    );
    const { checks } = doctorOutput.parse(JSON.parse(stdout));
    expect(checks.filter(({ id }) => id === 'database')).toMatchObject([
      { verdict: 'fail', message: /^The database can't be read: The disk failed/ },
    ]);
  });
});

/** The outcomes of one check, without a process of its own. */
async function outcomesOf(check: Check) {
  return await runChecks(await doctorDependencies({ sysroot, dataDir }), [check]);
}

describe('what could not be read is not taken for missing', () => {
  beforeEach(() => mkdirSync(dataDir));

  test('a database that the system does not open', async () => {
    symlinkSync('events.db', join(dataDir, 'events.db'));
    expect(await outcomesOf(database)).toMatchObject([
      { verdict: 'fail', message: /can't be opened \(.*ELOOP/ },
    ]);
  });

  test('a database that another program locks', async () => {
    const db = new Database(join(dataDir, 'events.db'));
    try {
      db.exec('PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE t (a)');
      expect(await outcomesOf(database)).toMatchObject([
        { verdict: 'could-not-run', message: /Another program locks/ },
      ]);
    } finally {
      db.close();
    }
  });

  test('a run record that is damaged', async () => {
    writeFileSync(join(dataDir, 'agent.json'), '{"pid": 1');
    expect(await outcomesOf(runningCheck)).toMatchObject([
      { verdict: 'could-not-run', message: /agent\.json can't be understood/ },
    ]);
  });
});

test.each<[FailureReason, string | null]>([
  ['denied', 'The agent works without it. With Full Disk Access it could read it.'],
  ['malformed', null],
])('the next step for Focus fits its failure %s', async (reason, next) => {
  const deps = await doctorDependencies({ sysroot, dataDir });
  const files: Files = {
    stamp: (path) => deps.files.stamp(path),
    read: async (path) =>
      path.endsWith('/Assertions.json') ? failed(reason, 'why it failed') : deps.files.read(path),
  };
  const results = await runChecks({ ...deps, files }, [sources]);
  expect(results.find(({ id }) => id === 'source-focus')).toMatchObject({
    verdict: 'could-not-run',
    message: expect.stringContaining(next === null ? 'why it failed' : "Focus can't be read"),
    next,
  });
});

test('a check that throws could not run, and the other checks still run', async () => {
  const broken: Check = {
    id: 'broken',
    group: 'mac',
    run: async () => {
      throw new Error('out of luck');
    },
  };
  const sound: Check = {
    id: 'sound',
    group: 'mac',
    run: async () => [{ verdict: 'pass', message: 'ok', next: null }],
  };
  const deps = await doctorDependencies({ sysroot, dataDir });
  expect(await runChecks(deps, [broken, sound])).toMatchObject([
    { id: 'broken', verdict: 'could-not-run', message: /out of luck/ },
    { id: 'sound', verdict: 'pass' },
  ]);
});
