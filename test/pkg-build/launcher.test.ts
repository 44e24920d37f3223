import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { launcher } from '../../pkg-build/launcher.ts';
import { realTool } from './real-tool.ts';
import { shellCommand, shells } from './scratch-mac.ts';

let mac: string;
const own = 'Library/PSSO Monitor';
beforeEach(() => {
  mac = mkdtempSync(join(tmpdir(), 'psso-monitor launcher '));
  // The package's own Node, and others where a further link would lead.
  for (const [folder, says] of [
    ['usr/local', 'PLANTED'],
    [own, 'OWN'],
    ['home', 'PLANTED'],
  ] as const) {
    // It prints its origin, its arguments, and the variables that change how Node runs.
    write(`${folder}/bin/node`, `#!/bin/sh\necho "${says} $*"\nenv | grep ^NODE_\nexit 0\n`);
  }
  write(`${own}/bin/psso-monitor`, launcher());
  link('usr/local/bin/psso-monitor', join(mac, own, 'bin/psso-monitor'));
});
afterEach(() => rmSync(mac, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(mac, path)), { recursive: true });
  writeFileSync(join(mac, path), content);
  chmodSync(join(mac, path), 0o755);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(mac, path)), { recursive: true });
  symlinkSync(target, join(mac, path));
}

/** `by`: a shell to use instead of the launcher's own. */
function called(
  command: string,
  options: { cwd?: string; path?: string; by?: readonly string[] } = {},
): string {
  const [program = command, ...before] = [...(options.by ?? []), command];
  const { status, stdout, stderr } = spawnSync(program, [...before, 'version', 'two words'], {
    encoding: 'utf8',
    cwd: options.cwd ?? mac,
    env: {
      PATH: `${options.path ?? ''}:${dirname(realTool('env'))}:/usr/bin:/bin`,
      NODE_OPTIONS: '--require ./evil.js',
      NODE_COMPILE_CACHE: join(mac, 'cache'),
      NODE_PATH: '/tmp',
    },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

describe('the launcher runs the Node beside itself', () => {
  const right = () => `OWN ${join(mac, own)}/lib/psso-monitor.mjs version two words\n`;

  test.each(shells)('in %s', (shell) => {
    const by = shellCommand(shell);
    link('home/bin/relative', '../../usr/local/bin/psso-monitor');
    expect(called(join(mac, own, 'bin/psso-monitor'), { by })).toBe(right());
    expect(called('./relative', { cwd: join(mac, 'home/bin'), by })).toContain('OWN ');
  });

  test('by its own path, and by the link that the package makes', () => {
    expect(called(join(mac, own, 'bin/psso-monitor'))).toBe(right());
    expect(called(join(mac, 'usr/local/bin/psso-monitor'))).toBe(right());
    expect(called('psso-monitor', { path: join(mac, 'usr/local/bin') })).toBe(right());
    expect(called('./bin/psso-monitor', { cwd: join(mac, own) })).toContain('OWN ');
  });

  test('by a link to that link, whole or relative', () => {
    link('home/bin/pm', join(mac, 'usr/local/bin/psso-monitor'));
    expect(called(join(mac, 'home/bin/pm'))).toBe(right());
    link('home/bin/relative', '../../usr/local/bin/psso-monitor');
    expect(called(join(mac, 'home/bin/relative'))).toContain('OWN ');
    expect(called('./relative', { cwd: join(mac, 'home/bin') })).toContain('OWN ');
  });
});
