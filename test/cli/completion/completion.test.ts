import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLineOf, placeOf } from '../../../agent/cli/completion/command-line.ts';
import { offerFor } from '../../../agent/cli/completion/offers.ts';
import { completionScripts } from '../../../agent/cli/completion/scripts.ts';
import { type Shell, shells } from '../../../agent/cli/completion/shells.ts';
import { commandTree } from '../../../agent/cli/main.ts';
import { cli } from '../../helpers/cli.ts';
import { realTool } from '../../pkg-build/real-tool.ts';
import { proposedIn, type Sourced } from './in-shells.ts';

let folder: string;
const sourced = (shell: Shell): Sourced => ({ script: join(folder, `script.${shell}`), folder });
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso-monitor-completion-'));
  for (const shell of shells) {
    const { status, stdout } = cli(['completion', shell]);
    expect(status).toBe(0);
    writeFileSync(sourced(shell).script, stdout);
  }
  writeFileSync(join(folder, 'history.db'), '');
  mkdirSync(join(folder, 'historic'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(shells)('in %s', (shell) => {
  test.each<{ line: string; proposes: string[]; not?: string[] }>([
    { line: 'psso-monitor ', proposes: ['run', 'status', 'completion', 'help'], not: ['read-copy'] },
    { line: 'psso-monitor ev', proposes: ['events'], not: ['export'] },
    { line: 'psso-monitor --data-dir status ex', proposes: ['explain', 'export'] },
    { line: 'psso-monitor events --', proposes: ['--since', '--json', '--data-dir'], not: ['--redact'] },
    { line: 'psso-monitor --', proposes: ['--data-dir', '--sysroot', '--help'], not: ['--json'] },
    { line: 'psso-monitor --data-dir x status --j', proposes: ['--json'] },
    {
      line: 'psso-monitor events --kind regi',
      proposes: ['registration-completed', 'registration-lost'],
      not: ['gap'],
    },
    { line: 'psso-monitor events --kind gap --kind clo', proposes: ['clock-changed'] },
    {
      line: 'psso-monitor events --since 2026-11-23T09:00 --severity ',
      proposes: ['low', 'medium', 'high'],
    },
    {
      line: 'psso-monitor explain sso',
      proposes: ['sso-tokens-expired'],
      not: ['psso-not-registered'],
    },
    { line: 'psso-monitor silence psso-not-registered --for ', proposes: ['1d', '7d', '31d'] },
    { line: 'psso-monitor parse ', proposes: ['app-sso', 'password-policy', 'account', 'log'] },
    { line: 'psso-monitor config Retention', proposes: ['RetentionDays'] },
    { line: 'psso-monitor export --format ', proposes: ['sqlite', 'ndjson', 'csv'] },
    { line: 'psso-monitor schema parse-a', proposes: ['parse-app-sso', 'parse-account'] },
    { line: 'psso-monitor completion ', proposes: ['zsh', 'bash', 'fish'] },
    { line: 'psso-monitor help sta', proposes: ['status'] },
  ])('$line', ({ line, proposes, not = [] }) => {
    const proposed = proposedIn[shell](line, sourced(shell));
    expect(proposed).toEqual(expect.arrayContaining(proposes));
    for (const word of not) expect(proposed).not.toContain(word);
  });

  test('a value after an equals sign', () => {
    const proposed = proposedIn[shell]('psso-monitor export --format=c', sourced(shell));
    expect(proposed.map((word) => word.replace('--format=', ''))).toEqual(['csv']);
  });

  test('proposes nothing for a free value', () => {
    for (const line of ['psso-monitor events --since ', 'psso-monitor notify --title '])
      expect(proposedIn[shell](line, sourced(shell))).toEqual([]);
  });
});

describe.each(['zsh', 'fish'] as const)('in %s', (shell) => {
  test('proposes files for a file and folders for a folder', () => {
    const proposed = (line: string) =>
      proposedIn[shell](line, sourced(shell)).map((path) => path.replace(/\/$/, ''));
    for (const line of ['psso-monitor report --out hist', 'psso-monitor parse log hist'])
      expect(proposed(line).sort()).toEqual(['historic', 'history.db']);
    expect(proposed('psso-monitor status --data-dir hist')).toEqual(['historic']);
  });
});

test('bash completes files when the function proposes nothing', () => {
  const { script } = sourced('bash');
  const registered = execFileSync('bash', ['-c', 'source "$1"; complete -p psso-monitor', 'bash', script], {
    encoding: 'utf8',
  });
  expect(registered).toContain('-o default');
  expect(proposedIn.bash('psso-monitor report --out hist', sourced('bash'))).toEqual([]);
});

test('shellcheck has nothing to say of the script for bash', () => {
  execFileSync(realTool('shellcheck'), ['-s', 'bash', sourced('bash').script]);
});

test('every value on the command line has completions or is a known free value', async () => {
  const unknown = (await commandTree()).commands.flatMap((command) => {
    const places = [
      ...command.registeredArguments.map((argument) => argument.name()),
      ...command.options.filter((option) => option.required).map((option) => placeOf(option.flags)),
    ];
    return places
      .filter((place) => offerFor(command.name(), place) === null)
      .map((place) => `${command.name()} <${place}>`);
  });
  expect(unknown, 'say in agent/cli/completion/offers.ts what is proposed for').toEqual([]);
});

test.each(shells)('%s reads a script with quotes, brackets, colons and backslashes in the texts', (shell) => {
  const program = new Command('psso-monitor').option(
    '--data-dir <dir>',
    `it's [a: "b"] \\ $(touch x) \`touch x\``,
  );
  program
    .command('odd')
    .summary(`it's [a: "b"] \\ $(touch x) \`touch x\`: c`)
    .argument('<odd>', 'several')
    .option('--choice <choice>', 'a 100% $HOME one');
  const script = join(folder, `odd.${shell}`);
  writeFileSync(script, completionScripts[shell](commandLineOf(program)));
  const proposed = (line: string) => proposedIn[shell](line, { script, folder });
  expect(proposed('psso-monitor o')).toEqual(['odd']);
  expect(proposed('psso-monitor odd --ch')).toEqual(['--choice']);
  expect(proposed('psso-monitor --data')).toEqual(['--data-dir']);
  expect(execFileSync('ls', { cwd: folder, encoding: 'utf8' }).split('\n')).not.toContain('x');
});

test('an unknown shell is wrong usage, and the known ones are named', () => {
  expect(cli(['completion', 'tcsh'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('there is no completion for "tcsh"; choose one of zsh, bash, fish.'),
  });
});
