import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { handlesOf, knownNode } from '../../../agent/mac/processes/node-handles.ts';
import type { StartProcess } from '../../../agent/mac/processes/start.ts';
import { processStarter } from '../../../agent/mac/processes/starter.ts';
import { startWithChildProcess } from '../../../agent/mac/processes/with-child-process.ts';

const shipped = await processStarter(knownNode);

/** All that an attendant is told of a process, in a form that can be compared. */
async function toldOf(start: StartProcess, args: readonly string[], program = '/bin/sh') {
  const output = { stdout: '', stderr: '' };
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    start(
      { program, args, folder: '/', environment: { PATH: '/usr/bin:/bin' } },
      {
        notStarted: (why) => {
          told.push(why);
          resolve();
        },
        output: (stream, chunk) => {
          output[stream] += Buffer.from(chunk).toString('latin1');
        },
        exited: (status, signal) => told.push(`${status} ${signal}`),
        closed: () => {
          told.push('closed');
          resolve();
        },
      },
    );
  });
  // Short enough to be read where two differ.
  const brief = (text: string) => ({ begins: text.slice(0, 400), characters: text.length });
  return { told, stdout: brief(output.stdout), stderr: brief(output.stderr) };
}

test('the version of Node whose handles are known is the one that the package ships', async () => {
  const packageJson = z
    .object({ optionalDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile('package.json', 'utf8')));
  expect(new Set(Object.values(packageJson.optionalDependencies))).toEqual(new Set([knownNode.slice(1)]));
  expect(shipped).not.toBe(startWithChildProcess);
});

test('with any other Node none are handed out', async () => {
  for (const version of ['v26.10.1', 'v26.9.0', 'v27.0.0', 'v20.20.2', '']) {
    expect(handlesOf(version)).toBeNull();
    expect(await processStarter(version)).toBe(startWithChildProcess);
  }
});

test('whatever a process prints and however it ends, both ways of starting it tell the same', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => !value.includes('\0'));
  const ending = fc.oneof(
    fc.integer({ min: 0, max: 255 }).map((status) => `exit ${status}`),
    fc.constantFrom('TERM', 'KILL', 'SEGV', 'HUP').map((signal) => `kill -${signal} $$`),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 4 }), ending, fc.nat(70_000), async (texts, end, bytes) => {
      const script = `printf '%s' "$@"; printf '%s' "$@" >&2; head -c ${bytes} /dev/zero; ${end}`;
      const args = ['-c', script, 'sh', ...texts];
      expect(await toldOf(shipped, args)).toEqual(await toldOf(startWithChildProcess, args));
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['that is not there', '/nowhere/at/all'],
  ['in a file', '/etc/passwd/program'],
  ['that is a folder', '/etc'],
  ['that is not executable', '/etc/passwd'],
])('a program %s is not started, for the same reason', async (_what, program) => {
  const { told } = await toldOf(shipped, [], program);
  expect(told).toEqual((await toldOf(startWithChildProcess, [], program)).told);
  expect(told).toHaveLength(1);
});

test('no file of ours is open in a process', async () => {
  const list = ['-c', 'ls /dev/fd | tr "\\n" " "'];
  const { stdout } = await toldOf(shipped, list);
  expect(stdout).toEqual((await toldOf(startWithChildProcess, list)).stdout);
});
