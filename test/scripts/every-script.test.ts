import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realTool } from '../pkg-build/real-tool.ts';
import { shells } from '../pkg-build/scratch-mac.ts';
import { alex, answers, idle, macWithCommand, printed, scripts, tool } from './pulled-mac.ts';

const folders = ['collect', 'intune', 'jamf', 'munki', 'supportapp', 'swiftdialog'];
const pullers = folders.flatMap((folder) =>
  readdirSync(join(scripts, folder)).map((name) => `${folder}/${name}`),
);

test('every script is clean by shellcheck, and begins with #!/bin/sh, comments and its page', () => {
  const files = pullers.map((name) => join(scripts, name));
  execFileSync(realTool('shellcheck'), ['-s', 'sh', ...files], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const file of files)
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/bin\/sh\n# .*\n(?:# .*\n)*# docs\/admin\/\S+\.md\n/);
});

test('each script names an existing page, and the page names the script', () => {
  for (const name of pullers) {
    const [, page = ''] = /^# (docs\/admin\/\S+\.md)$/m.exec(readFileSync(join(scripts, name), 'utf8')) ?? [];
    expect(readFileSync(join(scripts, '..', page), 'utf8'), name).toContain(name.split('/').at(-1) ?? '');
  }
});

test.each(shells)(
  'in %s every script has the expected status and prints no error, also at the login window and uninstalled',
  (shell) => {
    const mac = macWithCommand({ shell });
    for (const one of ['detect.sh', 'remediate.sh']) mac.installPuller(`intune/${one}`);
    idle(mac, '/usr/bin/defaults', '/usr/bin/plutil');
    mac.startAgent(alex.uid);
    const onConsole = (uid: number) => mac.write('/.scratch/console', `${uid}\n`);
    for (const name of pullers) {
      onConsole(alex.uid);
      mac.write(tool, answers, 0o755);
      printed(mac, name);
      onConsole(0);
      printed(mac, name, name.startsWith('swiftdialog') ? 1 : 0);
      onConsole(alex.uid);
      rmSync(mac.path(tool));
      printed(mac, name, /detect\.sh|swiftdialog/.test(name) ? 1 : 0);
    }
  },
);
