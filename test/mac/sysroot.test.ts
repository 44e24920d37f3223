import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { below } from '../../agent/mac/sysroot.ts';

describe('the path of a file below a sysroot', () => {
  test.each([
    ['/usr/bin/app-sso', '/mac/usr/bin/app-sso'],
    ['/Users/alex/Library/Preferences/.GlobalPreferences.plist', undefined],
    ['/Users/alex/../root/file', '/mac/Users/root/file'],
    ['/../../etc/passwd', '/mac/etc/passwd'],
    ['/Users/./alex', '/mac/Users/alex'],
    ['relative', '/mac/relative'],
    ['../etc/passwd', '/mac/etc/passwd'],
  ])('%s', (path, expected) => {
    expect(below('/mac', path)).toBe(expected ?? `/mac${path}`);
  });

  test('is the same path without a sysroot', () => {
    expect(below(null, '/usr/bin/app-sso')).toBe('/usr/bin/app-sso');
    expect(below('/', '/usr/bin/app-sso')).toBe('/usr/bin/app-sso');
  });

  test('is absolute below a relative sysroot', () => {
    expect(below('mac', '/usr/bin/app-sso')).toBe(join(process.cwd(), 'mac/usr/bin/app-sso'));
  });
});
