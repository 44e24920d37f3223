import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { asOnTheMac, inScratch } from '../scratch-paths.ts';

const root = '/tmp/mac';
const checkout = new URL('../../../', import.meta.url);
const shipped = [
  ...readdirSync(new URL('pkg-build/installer', checkout)).map((name) => `pkg-build/installer/${name}`),
  'scripts/uninstall.sh',
  'scripts/check-on-mac.sh',
  ...readdirSync(new URL('scripts/on-mac', checkout))
    .filter((name) => name.endsWith('.sh'))
    .map((name) => `scripts/on-mac/${name}`),
];

describe('inScratch', () => {
  it.each([
    ['a command', '/bin/rm -rf "$1"', '/tmp/mac/bin/rm -rf "$1"'],
    ['a command in a substitution', 'x=$(/usr/bin/id -u)', 'x=$(/tmp/mac/usr/bin/id -u)'],
    ['a file in quotes', "folder='/Library/x y'", "folder='/tmp/mac/Library/x y'"],
    ['every folder of a list', 'x=/usr/bin:/bin', 'x=/tmp/mac/usr/bin:/tmp/mac/bin'],
    ['a redirection', 'x <"/Library/list" >/tmp/y', 'x <"/tmp/mac/Library/list" >/tmp/mac/tmp/y'],
    ['a path that ends in a variable', '[ -e "/$path" ]', '[ -e "/tmp/mac/$path" ]'],
    ['the root by itself', 'cd / && [ "$3" = / ]', 'cd /tmp/mac && [ "$3" = /tmp/mac ]'],
    ['the root in quotes', 'x="/"', 'x="/tmp/mac"'],
    ['an argument', '/', '/tmp/mac'],
  ])('puts the root in front of %s', (_what, script, expected) => {
    expect(inScratch(script, root)).toBe(expected);
  });

  it.each([
    ['a path after a variable', '"$volume/Library" "$' + '{self%/bin/*}"'],
    ['a part of a word', 'gui/$uid/$label */Finder.app/x'],
    ['the shebang', '#!/bin/sh'],
    ['devices', '>/dev/null 2>&1'],
    ['a pattern', 'case $1 in /*) ;; esac'],
    ['an address', 'https://example.com/x'],
  ])('does not change %s', (_what, script) => {
    expect(inScratch(script, root)).toBe(script);
  });

  it('sets PATH to a missing folder', () => {
    expect(inScratch('set -u\nPATH=/usr/bin:/bin\nexport PATH\n', root)).toBe(
      'set -u\nPATH=/tmp/mac/nowhere\nexport PATH\n',
    );
  });

  it.each(shipped)('leaves no path of this machine in %s', (name) => {
    const script = inScratch(readFileSync(fileURLToPath(new URL(name, checkout)), 'utf8'), root);
    const absolute = /(?<![\w$}*.:~/-])\/(?!dev\/null)[A-Za-z][\w./-]*/g;
    const code = script.split('\n').filter((line) => !/^\s*#/.test(line));
    const found = code.join('\n').match(absolute) ?? [];
    expect(found.filter((path) => path !== root && !path.startsWith(`${root}/`))).toEqual([]);
  });

  it('is reversed in the output by asOnTheMac', () => {
    expect(asOnTheMac('/tmp/mac/Library/x is on /tmp/mac.', root)).toBe('/Library/x is on /.');
  });
});
