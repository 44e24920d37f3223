import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli } from '../../helpers/cli.ts';

let folder: string;
let mac: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-simulate-'));
  mac = join(folder, 'mac');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const simulate = (...args: string[]) => cli(['simulate', mac, ...args]);
const apply = (...changes: object[]) =>
  simulate(...changes.flatMap((change) => ['--apply', JSON.stringify(change)]));
const printed = (command: string, ...args: string[]) =>
  spawnSync(join(mac, command), args, { encoding: 'utf8' }).stdout;

describe('simulate DIR', () => {
  test('makes a Mac that the product can use', () => {
    const { status, stdout, stderr } = simulate('--macos', '14.7');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('macOS 14.7');
    expect(stdout).toContain('--sysroot');
    expect(printed('usr/bin/sw_vers', '-productVersion')).toBe('14.7\n');
    const once = cli(['once', '--json', '--sysroot', mac, '--data-dir', join(folder, 'data')]);
    expect(once.status).toBe(0);
    const account = cli(['parse', 'app-sso'], { input: printed('usr/bin/app-sso', 'platform', '-s') });
    expect(JSON.parse(account.stdout)).toMatchObject({ status: 'registered', method: 'password' });
  });

  test('accepts an empty folder, and its short name for the user', () => {
    mkdirSync(mac);
    expect(simulate('--user', 'alex').stdout).toContain('the user alex');
    expect(printed('usr/sbin/ioreg')).toContain('"kCGSSessionUserNameKey"="alex"');
  });

  test('applies changes one after the other, and keeps those of earlier calls', () => {
    expect(apply({ network: 'offline' }, { macos: '15.7' }).status).toBe(0);
    const { status, stdout } = apply({ psso: { registered: false } }, { psso: { userPresent: false } });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'Applied {"psso":{"registered":false}}\nApplied {"psso":{"userPresent":false}}\n',
    });
    expect(printed('usr/sbin/scutil', '--nwi')).toContain('No IPv4 states found');
    expect(printed('usr/bin/sw_vers')).toBe('15.7\n');
    expect(printed('usr/bin/app-sso')).toContain('"registrationCompleted" : false');
  });

  test('restores a missing command and a missing file', () => {
    apply({ appSso: { fail: 'missing' }, companyPortal: null });
    expect(cli(['parse', 'app-sso', join(mac, 'usr/bin/app-sso')]).status).not.toBe(0);
    apply({ appSso: null, companyPortal: '5.2505.0' });
    expect(printed('usr/bin/app-sso')).toContain('Device Configuration');
    expect(readFileSync(join(mac, 'Applications/Company Portal.app/Contents/Info.plist'), 'utf8')).toContain(
      '5.2505.0',
    );
  });

  test('reads durations from now, and files below the current folder', () => {
    const text = join(folder, 'policy.txt');
    writeFileSync(text, 'a policy');
    expect(apply({ passwordLastSetAt: '-2d', passwordPolicy: { file: text } }).stderr).toBe('');
    expect(printed('usr/bin/pwpolicy')).toBe('a policy');
    const [, seconds] = /passwordLastSetTime\S+\s*\S*?(\d{10})/.exec(printed('usr/bin/dscl')) ?? [];
    expect(Math.abs(Date.now() / 1000 - Number(seconds) - 2 * 86_400)).toBeLessThan(120);
  });

  test('leaves a Mac unchanged without --apply', () => {
    apply({ network: 'offline' });
    const { status, stdout } = simulate();
    expect({ status, stdout }).toEqual({ status: 0, stdout: `Nothing was changed: ${mac}\n` });
    expect(printed('usr/sbin/scutil')).toContain('No IPv4 states found');
  });
});

describe('simulate refuses', () => {
  test.each([
    { given: '{"screen":', says: 'this is not JSON: {"screen":' },
    { given: '["locked"]', says: '--apply takes a JSON object' },
    { given: 'null', says: '--apply takes a JSON object' },
    { given: '{"scren":"locked"}', says: 'there is no key "scren"; the keys are psso, appSso' },
    { given: '{"screen":"off"}', says: '"screen" must be "locked" or "unlocked"' },
    { given: '{"psso":{"registred":true}}', says: '"psso" must be null, or an object of method, registered' },
    { given: '{"at":"+1h"}', says: '"at" is for scenarios only' },
    { given: '{"clock":"+1h"}', says: '"clock" is for scenarios only' },
    { given: '{"appSso":{"file":"none.txt"}}', says: 'relative to the current folder' },
  ])('$given, and makes nothing', ({ given, says }) => {
    const { status, stdout, stderr } = simulate('--apply', '{"network":"offline"}', '--apply', given);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a folder with other files, and a file', () => {
    mkdirSync(mac);
    writeFileSync(join(mac, 'mine.txt'), 'mine');
    const { status, stderr } = simulate();
    expect(status).toBe(2);
    expect(stderr).toContain('is not empty and holds no simulated Mac');
    expect(readdirSync(mac)).toEqual(['mine.txt']);
    const file = cli(['simulate', join(mac, 'mine.txt')]);
    expect(file.status).toBe(2);
    expect(file.stderr).toContain('is not a folder');
  });

  test('a new user for a Mac that is there', () => {
    simulate();
    const { status, stderr } = simulate('--user', 'robin');
    expect(status).toBe(2);
    expect(stderr).toContain('there is a simulated Mac');
  });

  test('a Mac with a damaged state', () => {
    simulate();
    writeFileSync(join(mac, '.simulated-mac/state.json'), '{"user":');
    const { status, stderr } = simulate();
    expect(status).toBe(1);
    expect(stderr).toContain('is damaged; delete the folder');
  });

  test.each(['../alex', '..', ''])('the user name %j', (name) => {
    const { status, stderr } = simulate('--user', name);
    expect(status).toBe(2);
    expect(stderr).toContain('--user takes a short name');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('no folder', () => {
    expect(cli(['simulate']).stderr).toContain("missing required argument 'dir'");
  });
});
