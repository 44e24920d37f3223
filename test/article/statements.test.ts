import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { cli } from '../helpers/cli.ts';
import { replayInto } from '../helpers/replay-into.ts';
import { scenarioFile } from '../helpers/scenario-file.ts';
import { statements } from './statements.ts';

let folder: string;
let sysroot: string;
const outputs = new Map<string, string>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-article-'));
  sysroot = join(folder, 'Mac');
  installSysroot(sysroot);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A scenario by name; `NAME until it opens` ends while its issue is open, now. */
function scenarioText(name: string): string {
  if (name !== 'psso-not-registered until it opens') return readFileSync(scenarioFile(name), 'utf8');
  const start = new Date(Date.now() - 3_600_000).toISOString();
  const lines = [
    { scenario: name, start, macos: '15.6', user: 'alex' },
    { at: '+0s', psso: { registered: false, userPresent: false } },
    { at: '+1h', end: true },
  ];
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

async function historyAfter(scenario: string | undefined): Promise<string> {
  const dataDir = join(folder, scenario ?? 'none');
  if (scenario === undefined || existsSync(dataDir)) return dataDir;
  mkdirSync(dataDir, { recursive: true });
  const file = join(folder, 'scenario.ndjson');
  writeFileSync(file, scenarioText(scenario));
  await replayInto(dataDir, file);
  return dataDir;
}

/** The output of each command is asked for once. */
async function outputOf(command: readonly string[], scenario: string | undefined): Promise<string> {
  const key = JSON.stringify([command, scenario]);
  const known = outputs.get(key);
  if (known !== undefined) return known;
  const args = command.map((arg) => (arg === 'ARCHIVE' ? join(folder, 'archive.zip') : arg));
  const ran = cli([...args, '--sysroot', sysroot, '--data-dir', await historyAfter(scenario)], {
    env: { LANG: 'en' },
  });
  outputs.set(key, ran.stdout + ran.stderr);
  return ran.stdout + ran.stderr;
}

test('the table is numbered without a gap', () => {
  expect(statements.map(({ number }) => number)).toEqual(statements.map((_, index) => index + 1));
});

test.each(statements)('$number: $statement', async ({ command, after, says }) => {
  const output = await outputOf(command, after);
  for (const text of says)
    if (typeof text === 'string') expect(output).toContain(text);
    else expect(output).toMatch(text);
});
