import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseAppSso } from '../../agent/mac/sources/app-sso/parse-app-sso.ts';
import { installSysroot, type Sysroot } from '../../agent/simulation/sysroot.ts';
import { readState, writeState } from '../../agent/simulation/sysroot-state.ts';

let dir: string;
let mac: Sysroot;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "a Mac with an ' in its path "));
  mac = installSysroot(dir, { user: 'alex', notifiers: ['dialog'] });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function call(path: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(dir, path), args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}
const appSso = () => parseAppSso(call('usr/bin/app-sso', 'platform', '-s').stdout).status;

test('its executables print what the model says, byte for byte, and follow it', () => {
  expect(appSso()).toBe('registered');
  mac.apply({ psso: { registered: false, userPresent: false } });
  expect(appSso()).toBe('notRegistered');
  mac.apply({ appSso: { text: "it's $(not) `run`\\n\n" } });
  expect(call('usr/bin/app-sso', 'platform', '-s').stdout).toBe("it's $(not) `run`\\n\n");
});

test('a command can be gone, fail, and come back', () => {
  mac.apply({ appSso: { fail: 'missing' } });
  expect(existsSync(join(dir, 'usr/bin/app-sso'))).toBe(false);
  mac.apply({ appSso: { fail: 'exit' } });
  expect(call('usr/bin/app-sso', 'platform', '-s').status).toBe(1);
  mac.apply({ appSso: null });
  expect(appSso()).toBe('registered');
});

test('a state whose user leads out of the folder is damaged', () => {
  writeState(dir, { ...mac.state, user: '../../../elsewhere' });
  expect(() => readState(dir)).toThrow(/user/);
  writeState(dir, mac.state);
  expect(readState(dir)).toEqual(mac.state);
});

test('security answers each search by itself', () => {
  expect(call('usr/bin/security', 'find-certificate', '-a')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(call('usr/bin/security', 'find-generic-password', '-a', 'x').status).toBe(44);
});

test('the calls of a notification program are kept, argument by argument', () => {
  call('usr/bin/osascript', '-e', 'two\nlines', '--', '"quoted"', '', '🎉 $(x)');
  call('usr/local/bin/dialog', '--title', '-dash');
  expect(mac.calls('osascript')).toEqual([['-e', 'two\nlines', '--', '"quoted"', '', '🎉 $(x)']]);
  expect(mac.calls('dialog')).toEqual([['--title', '-dash']]);
});

test('its files come and go with the model', () => {
  const profile = join(dir, 'Library/Managed Preferences/com.apple.extensiblesso.plist');
  expect(existsSync(profile)).toBe(true);
  mac.apply({ profile: null });
  expect(existsSync(profile)).toBe(false);
});
