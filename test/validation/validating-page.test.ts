import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shellWord } from '../../agent/shared/shell-quoted.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { stepIds } from '../../agent/validation/validation-output.ts';
import { cli, entry } from '../helpers/cli.ts';
import { scenarioFile } from '../helpers/scenario-file.ts';

const page = readFileSync(new URL('../../docs/admin/validating.md', import.meta.url), 'utf8');
const commands = [...page.matchAll(/^ *```sh\n(.*?)^ *```/gms)].flatMap(([, block = '']) =>
  block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-validating-'));
  installSysroot(join(folder, 'Mac'));
  const synced = 'password-change-prompt-pending';
  const places = { data: synced, pulled: synced, 'pulled/another-mac': 'registration-needs-repair' };
  for (const [place, scenario] of Object.entries(places)) {
    mkdirSync(join(folder, place), { recursive: true });
    cli(['replay', scenarioFile(scenario), '--data-dir', join(folder, place)]);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a line of the page in a shell, on a simulated Mac with a history and without an agent. */
function run(line: string) {
  const program = [process.execPath, entry].map(shellWord).join(' ');
  const own =
    line.includes('fleet') || line.includes('--database') ? [] : ['--data-dir', join(folder, 'data')];
  const mac = line.includes('fleet') ? [] : ['--sysroot', join(folder, 'Mac')];
  const place = [...own, ...mac].map(shellWord).join(' ');
  const command = line.replace(/^psso-monitor (.*)$/, (_, args: string) => `${program} ${args} ${place}`);
  return spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
}

test('the page has the commands of the roll-out', () => {
  expect(commands.length).toBeGreaterThan(8);
});

// A replayed history has no agent and ended long ago, so the step of the agent fails: exit status 1.
test.each(commands)('%s', (line) => {
  const { status, stderr, stdout } = run(line);
  expect(stderr).not.toMatch(/^psso-monitor: |Usage:|not found|no such/im);
  const fails = line.includes(' validate');
  expect({ status, stdout }).toMatchObject({ status: fails ? 1 : 0 });
  expect(stdout).not.toBe('');
});

test('the page of the change board is private', () => {
  expect(statSync(join(folder, 'validation.html')).mode & 0o777).toBe(0o600);
});

test('the table has every step', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` /gm)].map(([, id]) => id);
  expect(rows).toEqual([...stepIds]);
});
