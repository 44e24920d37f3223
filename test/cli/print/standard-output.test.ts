import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, entry } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';

/** Readers of standard output: a slow one, a closed one, a terminal. */

let folder: string;
let history: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-output-'));
  const scenario = fileURLToPath(new URL('../../../agent/simulation/working-day.ndjson', import.meta.url));
  await replayInto(folder, scenario);
  history = ['--data-dir', folder];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const printer = `
  const { writeOut } = await import(${JSON.stringify(new URL('../../../agent/cli/print/standard-output.ts', import.meta.url).href)});
  for (let line = 0; line < 20_000; line++) writeOut('line ' + line + '\\n');
`;
const expected = Array.from({ length: 20_000 }, (_, line) => `line ${line}`);

describe('standard output', () => {
  test('a slow, non-blocking reader receives everything in the right order', async () => {
    // A socket never waits: it refuses the first write when it is full.
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
    // Nothing has been read yet: if the writer waited for that, it would never print this.
    await new Promise((resolve) => child.once('message', resolve));
    child.stdout?.on('data', (text: string) => {
      said += text;
    });
    child.stdout?.resume();
    await new Promise((resolve) => child.once('close', resolve));
    expect(said.split('\n').slice(0, -1)).toEqual(expected);
  });

  test('a closed pipe ends the process without an error', () => {
    const command = `"$0" "$1" events "$2" "$3" | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const ran = spawnSync('bash', ['-c', command, process.execPath, entry, ...history], { encoding: 'utf8' });
    expect(ran.stderr).toBe('');
    expect(ran.stdout.trim().split('\n').at(-1)).toBe('0');
  });

  test('colours are printed on a terminal or with FORCE_COLOR', () => {
    expect(cli(['status', ...history]).stdout).not.toContain('\u001b[');
    expect(cli(['status', ...history], { env: { NO_COLOR: '', FORCE_COLOR: '1' } }).stdout).toContain(
      '\u001b[',
    );
  });
});
