import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callRecorder, recordedCalls } from '../../agent/simulation/recorded-calls.ts';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-calls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "the file's calls");
}

describe('the record of calls', () => {
  test('keeps each argument, also none, an empty one, and the characters of printf', () => {
    const file = temporaryFile();
    const calls = [[], [''], ['%s', '\\n', "it's", 'two\nlines'], ['-n']];
    for (const call of calls) spawnSync('sh', ['-c', callRecorder(file, 'a name'), 'sh', ...call]);
    expect(recordedCalls(readFileSync(file, 'utf8'))).toEqual(calls.map((call) => ['a name', ...call]));
  });

  test('keeps calls at the same time apart', () => {
    const file = temporaryFile();
    const record = `record() {\n${callRecorder(file)}}\nfor at in 1 2 3 4 5 6 7 8 9; do record "$at" a & record "$at" b & done\nwait`;
    for (let round = 0; round < 20; round++) spawnSync('sh', ['-c', record]);
    const calls = recordedCalls(readFileSync(file, 'utf8'));
    expect(calls).toHaveLength(360);
    expect(calls.every((call) => call.length === 2)).toBe(true);
  });
});
