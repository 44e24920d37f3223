import { execFileSync, spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandTree } from '../../agent/cli/main.ts';
import { pathsOf } from '../../agent/shared/paths.ts';
import { examples, manPage } from '../../scripts/man-page.ts';
import { argument, literal, sentences, text } from '../../scripts/mdoc.ts';

let page: string;
let shown: string;
const mandoc = (source: string, ...args: string[]) =>
  spawnSync('mandoc', args, { input: source, encoding: 'utf8' });
const overstruck = new RegExp(`.${String.fromCharCode(8)}`, 'g');
/** The rendered page without the overstrikes for bold, on one line. */
const rendered = (source: string) =>
  mandoc(source, '-T', 'ascii').stdout.replaceAll(overstruck, '').replaceAll(/\s+/g, ' ');
beforeAll(async () => {
  page = await manPage({ version: '1.2.3', builtAt: 1_790_000_000 });
  shown = rendered(page);
});

describe('psso-monitor.1', () => {
  test('is mdoc without warnings of mandoc', () => {
    expect(mandoc(page, '-T', 'lint', '-W', 'warning').stdout).toBe('');
  });

  test('has the sections of a manual page in their order', () => {
    const sections = [...page.matchAll(/^\.Sh (.+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual([
      'NAME',
      'SYNOPSIS',
      'DESCRIPTION',
      'COMMANDS',
      'ENVIRONMENT',
      'FILES',
      'EXIT STATUS',
      'EXAMPLES',
      'SEE ALSO',
    ]);
  });

  test('describes every command with all of its options, and no hidden one', async () => {
    const { commands } = await commandTree();
    expect(commands.length).toBeGreaterThan(20);
    for (const command of commands) {
      expect(shown).toContain(` psso-monitor ${command.name()}`);
      expect(shown).toContain(command.description());
      for (const { long = '' } of command.options) expect(shown).toContain(` ${long}`);
    }
    expect(shown).not.toContain('read-copy');
    expect(shown).toContain('--kind kind ...');
    expect(shown).toContain('By default ndjson.');
  });

  test('shows the examples of the help', () => {
    expect(shown).toContain('psso-monitor events --since 2d --severity medium');
    expect(shown).toContain('app-sso platform -s | psso-monitor parse app-sso');
  });

  test('names the files by their paths', () => {
    const { database, state, settings, log } = pathsOf({}, 'darwin');
    for (const path of [database, state, settings, log])
      expect(shown).toContain(path.replace(homedir(), '~'));
  });

  test('has examples with existing commands and options only', async () => {
    const { commands } = await commandTree();
    for (const [, example] of examples) {
      const [program, name, ...words] = example.split(' ');
      const command = commands.find((one) => one.name() === name);
      const has = command?.options.map(({ long }) => long);
      expect([program, command?.name()]).toEqual(['psso-monitor', name]);
      for (const word of words.filter((one) => one.startsWith('--'))) expect(has).toContain(word);
    }
  });

  test('is equal for equal input, with a date in UTC', async () => {
    expect(await manPage({ version: '1.2.3', builtAt: 1_790_000_000 })).toBe(page);
    expect(page).toContain('\n.Dd September 21, 2026\n');
    expect(page).toContain('.Os "PSSO Monitor 1.2.3"');
    const elsewhere = execFileSync(
      process.execPath,
      [
        '-e',
        `const { manPage } = await import('./scripts/man-page.ts');
         console.log((await manPage({ version: '1', builtAt: 1790035200 })).match(/Dd .*/)[0])`,
      ],
      { encoding: 'utf8', env: { ...process.env, TZ: 'America/New_York' } },
    );
    expect(elsewhere).toBe('Dd September 22, 2026\n');
  });
});

describe('mdoc is rendered as its input', () => {
  const read = (...lines: string[]) =>
    rendered(
      ['.Dd May 1, 2026', '.Dt X 1', '.Os', '.Sh NAME', '.Nm x', '.Nd y', '.Sh DESCRIPTION', ...lines].join(
        '\n',
      ),
    );

  test.each([
    'a \\ backslash \\n that is none',
    ".Sh is no macro, and it's 'quoted'",
    "'at the beginning",
    'an option --json, or -h',
  ])('text: %s', (words) => {
    expect(read(text(words))).toContain(words);
  });

  test('sentences are separate lines, and backquotes become quotation marks', () => {
    expect(sentences('One. Two 1.5 e.g. this? `three` is. ')).toEqual([
      'One.',
      'Two 1.5 e.g. this?',
      '\\(oqthree\\(cq is.',
    ]);
    expect(read(text('`psso-monitor issues` lists'))).toContain("`psso-monitor issues' lists");
  });

  test('a path with blanks is one argument', () => {
    expect(read(`.Pa ${argument('/Library/Application Support/x')}`)).toContain(
      '/Library/Application Support/x',
    );
    expect(argument('a "b"')).toBe('"a \\(dqb\\(dq"');
  });

  test('literal lines are unchanged', () => {
    const line = 'sqlite3 x.db "SELECT \'a\' \\ `b` -- c" && .run';
    expect(read(...literal([line, '.Ed']))).toContain(`${line} .Ed`);
  });
});
