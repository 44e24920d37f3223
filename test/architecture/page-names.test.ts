import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLineOf } from '../../agent/cli/completion/command-line.ts';
import { commandTree } from '../../agent/cli/main.ts';
import { checkout, pages } from '../shell/shell-texts.ts';

/** What a page names exists: commands and options of psso-monitor, scripts of npm. */

/** In the order of the lines: the code blocks and the inline code of a page, a continued line as one. */
function codeOf(text: string): string[] {
  const blocks = [...text.matchAll(/^( *)```.*\n([\s\S]*?)^\1```$/gm)].map(([, , content = '']) => content);
  const prose = text.replaceAll(/^( *)```.*\n[\s\S]*?^\1```$/gm, '');
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [
    ...blocks.map((block) => block.replaceAll('\\\n', ' ')).flatMap((block) => block.split('\n')),
    ...inline,
  ];
}

/** Words of a call up to a bar, a semicolon, a redirection, a comment or the end of a `$( … )`. */
const callsOf = (line: string, program: RegExp) =>
  line
    .split(program)
    .slice(1)
    .map((rest) => (/^[^|;>#)]*/.exec(rest)?.[0] ?? '').trim().split(/\s+/));

/** Commands that no help lists. */
const hidden = ['probe-hosts', 'help'];

test('each command and option of psso-monitor on a page exists', async () => {
  const { commands, options } = commandLineOf(await commandTree());
  const everywhere = [...options.flatMap(({ flags }) => flags), '--help', '--version'];
  const problems = pages().flatMap(({ name, text }) =>
    codeOf(text).flatMap((line) =>
      callsOf(line, /(?:^|[\s"/$(])psso-monitor"?(?: --)? (?=[a-z])/).flatMap(([given = '', ...words]) => {
        const command = commands.find((one) => one.name === given);
        if (command === undefined)
          return hidden.includes(given) ? [] : [`${name}: ${line}: no command ${given}`];
        const known = [...everywhere, ...command.options.flatMap(({ flags }) => flags)];
        return words
          .map((word) => /^--[a-z-]+/.exec(word)?.[0])
          .filter((option) => option !== undefined && !known.includes(option))
          .map((option) => `${name}: ${line}: no option ${option} of ${given}`);
      }),
    ),
  );
  expect(problems).toEqual([]);
});

test('each script of npm on a page exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { scripts: object };
  const named = pages().flatMap(({ name, text }) =>
    codeOf(text).flatMap((line) =>
      callsOf(line, /npm run (?:-s )?/).map(([script = '']) => ({ name, script })),
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([]);
});
