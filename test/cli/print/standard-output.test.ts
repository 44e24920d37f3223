import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, entry } from '../../helpers/cli.ts';

/** Whoever reads what is printed: slow, gone, a terminal. */

let folder: string;
let history: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-output-'));
  const scenario = fileURLToPath(new URL('../../../agent/simulation/working-day.ndjson', import.meta.url));
  expect(cli(['replay', scenario, '--data-dir', folder]).status).toBe(0);
  history = ['--data-dir', folder];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const printer = `
  const { writeOut } = await import(${JSON.stringify(new URL('../../../agent/cli/print/standard-output.ts', import.meta.url).href)});
  for (let line = 0; line < 20_000; line++) writeOut('line ' + line + '\\n');
`;
const expected = Array.from({ length: 20_000 }, (_, line) => `line ${line}`);

describe('standard output', () => {
  test('all of it arrives in order, also where the other end does not wait and is slow', async () => {
    // A socket is what never waits: the first write that finds it full is refused.
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `await null; process.stdout; ${printer}; process.send('written'); process.disconnect();`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
    );
    let said = '';
    child.stdout?.setEncoding('utf8').pause();
    // Nobody has read yet: had it waited for that, it would never say so.
    await new Promise((resolve) => child.once('message', resolve));
    child.stdout?.on('data', (text: string) => {
      said += text;
    });
    child.stdout?.resume();
    await new Promise((resolve) => child.once('close', resolve));
    expect(said.split('\n').slice(0, -1)).toEqual(expected);
  });

  test('a reader that has seen enough ends it quietly', () => {
    const command = `"$0" "$1" events "$2" "$3" | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const ran = spawnSync('bash', ['-c', command, process.execPath, entry, ...history], { encoding: 'utf8' });
    expect(ran.stderr).toBe('');
    expect(ran.stdout.trim().split('\n').at(-1)).toBe('0');
  });

  test('colours are for terminals, or for whoever asks for them', () => {
    expect(cli(['status', ...history]).stdout).not.toContain('\u001b[');
    expect(cli(['status', ...history], { env: { NO_COLOR: '', FORCE_COLOR: '1' } }).stdout).toContain(
      '\u001b[',
    );
  });
});
