import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeProblem } from '../../scripts/check-node.js';
import { checkoutCli, cli } from '../helpers/cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-main-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commands = [
  'run',
  'once',
  'status',
  'events',
  'issues',
  'sync',
  'explain',
  'validate',
  'silence',
  'catalogue',
  'parse',
  'replay',
  'simulate',
  'demo',
  'capture',
  'diagnose',
  'export',
  'doctor',
  'config',
  'notify',
  'schema',
  'completion',
  'version',
];

describe('the command line', () => {
  test('lists its commands', () => {
    const { status, stdout } = cli(['--help']);
    expect(status).toBe(0);
    for (const command of commands) expect(stdout).toContain(`\n  ${command}`);
  });

  test.each(commands)('%s --help has an example', (command) => {
    const { status, stdout } = cli([command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`Example:\\n  .*psso-monitor ${command}`));
  });

  test('of the checkout names itself as npm calls it', () => {
    expect(checkoutCli(['status', '--help']).stdout).toContain(
      'Example:\n  npm run -s psso-monitor -- status',
    );
    const { status, stderr } = checkoutCli(['nonsense']);
    expect(status).toBe(2);
    expect(stderr).toContain('npm run -s psso-monitor -- --help lists the commands');
  });

  test.each(['status', 'events', 'read-copy'])('help %s is the same as %s --help', (command) => {
    const asked = cli(['help', command]);
    expect(asked).toEqual(cli([command, '--help']));
    expect(asked.status).toBe(0);
    expect(cli(['--data-dir', folder, 'help', command]).stdout).toBe(asked.stdout);
  });

  test('help alone is the same as --help', () => {
    expect(cli(['help'])).toEqual(cli(['--help']));
    expect(cli(['help', '--help']).status).toBe(0);
  });

  test.each([
    { args: ['statsu'], meant: 'status' },
    { args: ['help', 'statsu'], meant: 'status' },
    { args: ['exprot', '--format', 'csv'], meant: 'export' },
    { args: ['status', '--jsno'], meant: '--json' },
  ])('a misspelt word is named with the nearest one: $args', ({ args, meant }) => {
    const { status, stdout, stderr } = cli(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`(Did you mean ${meant}?)`);
  });

  test('help of an unknown command is wrong usage', () => {
    const { status, stderr } = cli(['help', 'nonsense']);
    expect(status).toBe(2);
    expect(stderr).toContain("unknown command 'nonsense'");
    expect(stderr).toContain('psso-monitor --help lists the commands');
    expect(stderr).not.toContain('Usage:');
  });

  test.each([
    { args: [], says: 'Usage' },
    { args: ['unknown'], says: "unknown command 'unknown'" },
    { args: ['status', '--nonsense'], says: "unknown option '--nonsense'" },
    { args: ['events', '--kind', 'nonsense'], says: 'there is no event kind "nonsense"' },
    { args: ['events', '--since', 'tomorrow'], says: '--since takes' },
    { args: ['events', '--since', '5'], says: '--since takes' },
    { args: ['silence', '--for', '7d'], says: 'say which issue' },
    { args: ['silence', 'psso-not-registered', '--for', '7d', '--end'], says: 'contradict' },
    { args: ['parse', 'nonsense'], says: 'there is no source "nonsense"' },
    { args: ['silence', 'nonsense', '--for', '1d'], says: 'there is no issue "nonsense"' },
    { args: ['silence', 'psso-not-registered', '--for', '2d'], says: '--for 1d, --for 7d or --for 31d' },
    { args: ['explain', 'nonsense'], says: 'there is no issue "nonsense"' },
    { args: ['replay'], says: "missing required argument 'file'" },
    { args: ['run', '--every', '0'], says: '--every takes whole seconds' },
    { args: ['notify'], says: 'notify --test' },
  ])('wrong usage exits with 2 and names the mistake: $args', ({ args, says }) => {
    const { status, stdout, stderr } = cli([...args, ...(args.length > 0 ? ['--data-dir', folder] : [])]);
    expect(status).toBe(2);
    expect(stdout + stderr).toContain(says);
  });

  test('a scenario with a mistake names the line and the mistake', () => {
    const file = join(folder, 'mistake.ndjson');
    writeFileSync(
      file,
      '{"scenario":"x","start":"2026-03-02T08:00:00Z","macos":"15.6","user":"alex"}\n{"at":"+1h","scren":"locked"}\n',
    );
    const { status, stderr } = cli(['replay', file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/line 2/);
    expect(stderr).toMatch(/scren/);
  });

  test('without a history, status says so', () => {
    const { status, stderr } = cli(['status', '--data-dir', join(folder, 'none')]);
    expect(status).toBe(1);
    expect(stderr).toContain('There is no history yet');
  });

  test('--version prints the same as the command version, wherever it stands', () => {
    const { status, stdout } = cli(['version']);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^PSSO Monitor \d+\.\d+\.\d+(?:-rc\.\d+)? \(Node \d/),
    ]);
    for (const args of [
      ['--version'],
      ['-v'],
      ['-V'],
      ['status', '--version'],
      ['--data-dir', folder, '--version'],
    ])
      expect(cli(args)).toMatchObject({ status: 0, stdout, stderr: '' });
  });

  test('the global options work before and after the command', () => {
    const where = ['--data-dir', join(folder, 'none')];
    expect(cli([...where, 'status']).stderr).toEqual(cli(['status', ...where]).stderr);
  });

  test('prints no colours without a terminal', () => {
    const { stdout } = cli(['demo', '--data-dir', join(folder, 'plain')], { env: { NO_COLOR: '' } });
    expect(stdout).not.toContain('\u001b[');
  });
});

describe('an outdated Node', () => {
  test('is named in one line with the next step', () => {
    expect(nodeProblem('20.20.2')).toMatch(
      /^PSSO Monitor needs Node 26 or later, and this is Node 20\.20\.2\. .*npm ci/,
    );
    expect(nodeProblem('20.20.2')).not.toContain('\n');
    expect(nodeProblem('26.10.0')).toBeNull();
    expect(nodeProblem('27.0.0')).toBeNull();
  });
});
