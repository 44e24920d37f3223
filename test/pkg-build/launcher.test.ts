import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clearedVariables, systemPath } from '../../launchd/environment.ts';
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
    // It prints its origin and its arguments, and keeps its environment.
    write(`${folder}/bin/node`, `#!/bin/sh\necho "${says} $*"\nenv >'${mac}/environment'\nexit 0\n`);
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
  options: { cwd?: string; path?: string; by?: readonly string[]; env?: Record<string, string> } = {},
): string {
  const [program = command, ...before] = [...(options.by ?? []), command];
  const { status, stdout, stderr } = spawnSync(program, [...before, 'version', 'two words'], {
    encoding: 'utf8',
    cwd: options.cwd ?? mac,
    env: {
      PATH: `${options.path ?? ''}:${dirname(realTool('env'))}:/usr/bin:/bin`,
      ...options.env,
    },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

describe('the launcher runs the Node beside itself', () => {
  const right = () =>
    `OWN --no-concurrent-recompilation ${join(mac, own)}/lib/psso-monitor.mjs version two words\n`;

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

describe('the launcher passes on only what the command line needs', () => {
  const names = () =>
    readFileSync(join(mac, 'environment'), 'utf8')
      .split('\n')
      .map((line) => line.replace(/=.*/s, ''))
      // What /bin/sh, the stand-in of Node, sets itself.
      .filter((name) => !['', 'PWD', 'OLDPWD', 'SHLVL', '_', 'TERM'].includes(name))
      .sort();

  test.each(shells)('in %s', (shell) => {
    const hostile = Object.fromEntries(
      [...clearedVariables.filter((name) => !/^(LD|DYLD)_/.test(name)), 'BASH_FUNC_x%%', 'ANY_OTHER'].map(
        (name) => [name, '/planted'],
      ),
    );
    called(join(mac, own, 'bin/psso-monitor'), { by: shellCommand(shell), env: { ...hostile, HOME: '/h' } });
    expect(names()).toEqual(['HOME', 'PATH']);
    expect(readFileSync(join(mac, 'environment'), 'utf8')).toContain(`PATH=${systemPath}\n`);
  });

  test.each(shells)('with its text, in %s', (shell) => {
    const values = { HOME: '/Users/two words', LANG: 'a"b$HOME`id`', NO_COLOR: '' };
    called(join(mac, own, 'bin/psso-monitor'), { by: shellCommand(shell), env: values });
    const passed = readFileSync(join(mac, 'environment'), 'utf8');
    for (const [name, value] of Object.entries(values)) expect(passed).toContain(`${name}=${value}\n`);
  });
});
