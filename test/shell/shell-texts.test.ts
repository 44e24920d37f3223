import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { commandLineOf } from '../../agent/cli/completion/command-line.ts';
import { completionScripts } from '../../agent/cli/completion/scripts.ts';
import { commandTree } from '../../agent/cli/main.ts';
import { addForAdmins, installerScripts, type PackageFiles } from '../../pkg-build/package-files.ts';
import { shellCommand, shells } from '../pkg-build/scratch-mac.ts';
import { missingInBash32 } from './constructs.ts';
import { checkout, pages, shScripts, snippets } from './shell-texts.ts';

function parsed(shell: string, text: string): { status: number | null; stderr: string } {
  const [program, ...options] = shellCommand(shell);
  const { status, stderr } = spawnSync(program, [...options, '-n'], { input: text, encoding: 'utf8' });
  return { status, stderr };
}
const wellFormed = { status: 0, stderr: '' };

function expectParsedBy(parsers: readonly string[], text: string): void {
  const understood = parsers.map((shell) => ({ shell, ...parsed(shell, text) }));
  expect(understood).toEqual(parsers.map((shell) => ({ shell, ...wellFormed })));
}

const scripts = shScripts();
const onPages = snippets();

describe.each(scripts)('$name', ({ text }) => {
  test('every shell parses it', () => expectParsedBy(shells, text));
  test('uses nothing that bash 3.2 lacks', () => expect(missingInBash32(text)).toEqual([]));
});

test('the list has every script of the package', () => {
  const files: PackageFiles = new Map();
  addForAdmins(files, checkout);
  const texts = [...installerScripts(checkout).values(), ...[...files.values()].map(({ content }) => content)]
    .map((content) => Buffer.from(content).toString())
    .filter((text) => text.startsWith('#!'));
  expect(texts.length).toBeGreaterThan(15);
  expect(texts.filter((text) => !scripts.some((script) => script.text === text))).toEqual([]);
});

// bash 3.2 writes each here-document to a temporary file. The checks of scripts/on-mac and scripts/ci need a
// disk with space in any case.
test.each(scripts.filter(({ name }) => !/on-mac|scripts\/ci/.test(name)))(
  '$name has no here-document, which needs a disk with space on macOS',
  ({ text }) => expect(text).not.toMatch(/<<-?['"\\]?[A-Z]/),
);

test('the list has every snippet of the pages, in a known language', () => {
  const fences = pages().flatMap(({ text }) => text.match(/^\s*(?:```|~~~)/gm) ?? []);
  expect(onPages).toHaveLength(fences.length / 2);
  const known = ['csv', 'json', 'powershell', 'sh', 'sql', 'text', 'yaml', 'xml'];
  expect(onPages.filter(({ language }) => !known.includes(language)).map(({ name }) => name)).toEqual([]);
});

// Terminal passes pasted text to zsh.
describe.each(onPages.filter(({ language }) => language === 'sh'))('$name', ({ text }) => {
  test('every shell and zsh parse it', () => expectParsedBy([...shells, 'zsh'], text));
  test('uses nothing that bash 3.2 lacks', () => expect(missingInBash32(text)).toEqual([]));
});

test('the completion for bash uses nothing that bash 3.2 lacks', async () => {
  expect(missingInBash32(completionScripts.bash(commandLineOf(await commandTree())))).toEqual([]);
});

test.each(shells)('%s refuses an invalid script', (shell) => {
  expect(parsed(shell, 'if true; then\n').status).not.toBe(0);
});

test('posh refuses constructs of newer shells, like bash 3.2', () => {
  const script = 'x=$(case $1 in a) echo 1 ;; esac)\n';
  expect(parsed('dash', script)).toEqual(wellFormed);
  expect(parsed('posh', script).status).not.toBe(0);
});
