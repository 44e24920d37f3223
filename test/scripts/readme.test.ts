import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { needsLinux } from '../helpers/needs.ts';
import { until } from '../helpers/until.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(checkout, 'README.md'), 'utf8');

/** The commands of the section, block by block. */
function blocksOf(heading: string): string[][] {
  const [, after = ''] = readme.split(`### ${heading}\n`);
  const [section = ''] = after.split('\n#');
  return [...section.matchAll(/```sh.*\n([\s\S]*?)```/g)].map(([, text = '']) => text.trim().split('\n'));
}

describe('the README: Break a simulated Mac', () => {
  needsLinux('script(1) of util-linux makes the terminal');

  test('its commands show what it says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-readme-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const elsewhere = (command: string) => command.replaceAll('build/', `${folder}/`);
    const ran = (command: string) => {
      const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', elsewhere(command)], {
        cwd: checkout,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      });
      return { command, status, stdout, stderr };
    };
    const fine = { status: 0, stderr: '' };
    const [first = [], second = [], third = []] = blocksOf('Break a simulated Mac');
    const [make = '', run = '', ...noMore] = first;
    expect(noMore).toEqual([]);
    expect(ran(make)).toMatchObject(fine);

    const child = spawn('script', ['-qec', elsewhere(run), '/dev/null'], {
      cwd: checkout,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      child.kill();
    });
    let window = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      window += stripVTControlCharacters(text);
    });
    await until(() => window.includes('Platform SSO works.'), 'the first state');

    const [update = '', lose = '', advice = '', status = ''] = second;
    expect(second).toHaveLength(4);
    expect(ran(update)).toMatchObject(fine);
    await until(() => window.includes('company-portal-updated'), 'the update');
    expect(ran(lose)).toMatchObject(fine);
    await until(() => window.includes('Platform SSO needs attention.'), 'the break');
    const event = 'registration-lost: The device registration was lost.';
    await until(() => window.includes(event), 'its event');
    expect(ran(advice)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Your work sign-in needs to be repaired'),
    });
    expect(ran(status)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Most likely: Company Portal was updated'),
    });

    expect(third).toHaveLength(1);
    expect(ran(third[0] ?? '')).toMatchObject(fine);
    await until(() => window.includes('issue-resolved'), 'the repair');
    await until(() => window.trimEnd().endsWith('Platform SSO works.'), 'the last state');
    child.stdin.write('\u0003');
    await until(() => window.includes('agent-stopped'), 'the end');
  });
});
