import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { shellWord } from '../../../agent/shared/shell-quoted.ts';
import { installSysroot } from '../../../agent/simulation/sysroot.ts';
import { entry } from '../../helpers/cli.ts';
import { needsLinux } from '../../helpers/needs.ts';
import { until } from '../../helpers/until.ts';

describe('run on a terminal', () => {
  needsLinux('script(1) of util-linux makes the terminal');

  test('prints the state, each event, and its end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-terminal-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [sysroot, data] = [join(folder, 'mac'), join(folder, 'data')];
    const mac = installSysroot(sysroot);
    const command = [process.execPath, entry, 'run', '--sysroot', sysroot, '--data-dir', data, '--every', '1']
      .map(shellWord)
      .join(' ');
    const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => {
      child.kill();
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += stripVTControlCharacters(text);
    });
    await until(() => printed.includes('Platform SSO works.'), 'the first state');
    expect(printed).toContain('Ctrl-C ends it. The log is in:');
    expect(printed).toContain(join(data, 'agent.log'));
    mac.apply({ psso: { registered: false, userPresent: false } });
    await until(() => printed.includes('Platform SSO needs attention.'), 'the next state');
    const event = /^\d\d:\d\d:\d\d {2}registration-lost: The device registration was lost\.\r?$/m;
    await until(() => event.test(printed), 'the event');
    child.stdin.write('\u0003');
    await until(() => printed.includes('agent-stopped'), 'the end');
  });
});
