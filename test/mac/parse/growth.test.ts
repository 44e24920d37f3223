import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../processes/parse-long-texts.ts', import.meta.url));
/** Not a measurement: such a parse takes milliseconds, or minutes where time grows with the square. */
const hangsAfterMs = 30_000;

it('reads long texts of one repeated piece without a hang, in every parser', async () => {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
  let last = '';
  let errors = '';
  const kill = () => child.kill('SIGKILL');
  let timer = setTimeout(kill, hangsAfterMs);
  child.stdout.setEncoding('utf8').on('data', (printed: string) => {
    last = printed.trimEnd().split('\n').at(-1) ?? last;
    clearTimeout(timer);
    timer = setTimeout(kill, hangsAfterMs);
  });
  child.stderr.setEncoding('utf8').on('data', (printed: string) => {
    errors += printed;
  });
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  expect({ last, errors }).toEqual({ last: 'done', errors: '' });
});
