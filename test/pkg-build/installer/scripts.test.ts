import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { installed, label, packageIdentifier } from '../../../launchd/installed-paths.ts';
import { realTool } from '../real-tool.ts';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const text = (name: string) => readFileSync(`${checkout}${name}`, 'utf8');
const executables = [
  'pkg-build/installer/preinstall',
  'pkg-build/installer/postinstall',
  'scripts/uninstall.sh',
  'scripts/check-on-mac.sh',
];
const all = [
  ...executables,
  'pkg-build/installer/common.sh',
  ...['scripts/on-mac', 'scripts/ci'].flatMap((folder) =>
    readdirSync(`${checkout}${folder}`)
      .filter((name) => name.endsWith('.sh'))
      .map((name) => `${folder}/${name}`),
  ),
];

// What check-on-mac.sh reads by `.` uses its variables, and is looked through with it.
it.each(all.filter((name) => !name.startsWith('scripts/on-mac/')))(
  '%s is clean by shellcheck, with what it reads',
  (name) => {
    // Left out: braces around every variable (2250), and the status inside a substitution (2312), which the
    // scripts ignore on purpose.
    const args = ['-a', '-x', '-s', 'sh', '-o', 'all', '-e', 'SC2250,SC2312', name];
    execFileSync(realTool('shellcheck'), args, { cwd: checkout, stdio: ['ignore', 'ignore', 'inherit'] });
  },
);

it.each(executables)('%s can be executed, begins with #!/bin/sh, and ends at an unset variable', (name) => {
  expect(statSync(`${checkout}${name}`).mode & 0o111).toBe(0o111);
  expect(text(name)).toMatch(/^#!\/bin\/sh\n(?:#.*\n)*set -uf?\n/);
});

it('has equal functions to find and end agents in the uninstaller and in the installer', () => {
  const functions = (name: string) => {
    const from = text(name).indexOf('# The uid of each user with a window session');
    return text(name).slice(from, text(name).indexOf('\n}\n', text(name).indexOf('stop_agent() {', from)));
  };
  expect(functions('pkg-build/installer/common.sh')).toMatch(
    /window_sessions\(\).*is_loaded\(\).*stop_agent\(\)/s,
  );
  expect(functions('scripts/uninstall.sh')).toBe(functions('pkg-build/installer/common.sh'));
});

it('has the installed paths of the package', () => {
  expect(text('pkg-build/installer/common.sh')).toContain(`label=${label}\n`);
  expect(text('pkg-build/installer/common.sh')).toContain(`folder="$volume${installed.folder}"`);
  expect(text('pkg-build/installer/postinstall')).toContain(`command='${installed.command}'`);
  for (const script of ['scripts/uninstall.sh', 'scripts/check-on-mac.sh']) {
    expect(text(script)).toContain(`label=${label}\n`);
    expect(text(script)).toContain(`=${packageIdentifier}\n`);
    expect(text(script)).toContain(`folder='${installed.folder}'`);
  }
  for (const put of [
    `put_link ${installed.link.slice('/usr/local/'.length)} "$command"`,
    `man_page='${installed.manPage}'`,
    `put_link ${installed.manLink.slice('/usr/local/'.length)} "$man_page"`,
  ])
    expect(text('pkg-build/installer/postinstall')).toContain(put);
  const uninstaller = text('scripts/uninstall.sh');
  expect(uninstaller).toContain(`\nlink=${installed.link}\n`);
  expect(uninstaller).toContain(`\nman_link=${installed.manLink}\n`);
  expect(uninstaller).toContain(`"$folder${installed.manPage.slice(installed.folder.length)}"`);
});
