import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installSysroot, type Sysroot } from '../../../agent/simulation/sysroot.ts';
import { cli } from '../../helpers/cli.ts';
import { print } from '../../mac/sources/app-sso/printed-app-sso.ts';

let folder: string;
let mac: Sysroot;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-once-'));
  mac = installSysroot(join(folder, 'mac'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const once = () => cli(['once', '--sysroot', join(folder, 'mac'), '--data-dir', join(folder, 'data')]);

describe('once', () => {
  test('prints the state and the changes', () => {
    expect(once().stdout).toBe('Platform SSO: ok\n  Nothing changed.\n');
  });

  test('prints a failed reading and never a healthy state', () => {
    once();
    mac.apply({ appSso: { fail: 'exit' } });
    const first = once();
    expect(first.stdout).toBe(
      "Platform SSO: ok, unchanged\n  app-sso can't be read (exit): app-sso ended with status 1\n" +
        '  Nothing changed.\n',
    );
    mac.apply({ appSso: { text: 'garbage' } });
    expect(once().stdout).toMatch(/^Platform SSO: unknown\n {2}app-sso can't be read \(malformed\)/);
  });

  test('prints what it did not understand', () => {
    const text = print({ tokens: ['Received:', '2. Maerz 2026'] });
    mac.apply({ appSso: { text } });
    expect(once().stdout).toContain(
      '  Some app-sso output was not understood: token section: Received is no date; ' +
        'token section: it has no date that can be read\n',
    );
  });
});
