import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launcher } from '../../pkg-build/launcher.ts';
import { innerScripts } from './constructs.ts';

/** A text that a shell reads on a Mac, with its place. */
export interface ShellText {
  readonly name: string;
  readonly text: string;
}

export interface Snippet extends ShellText {
  readonly page: string;
  /** The first word after the three backquotes. */
  readonly language: string;
  /** The words after that: who runs it (test/docs/pages.test.ts). */
  readonly mark: string;
}

export const checkout = join(import.meta.dirname, '../..');

function filesBelow(folder: string): ShellText[] {
  return readdirSync(join(checkout, folder), { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath, found.name))
    .map((path) => ({ name: path.slice(checkout.length + 1), text: readFileSync(path, 'utf8') }));
}

/** Every script for sh: the files, the launcher of the build, and the nested scripts of these. */
export function shScripts(): ShellText[] {
  const files = ['agent', 'launchd', 'pkg-build', 'scripts']
    .flatMap(filesBelow)
    .filter(({ name, text }) => name.endsWith('.sh') || /^#!.*\bsh\b/.test(text));
  const scripts = [...files, { name: 'bin/psso-monitor', text: launcher() }];
  return scripts.flatMap((script) => [
    script,
    ...innerScripts(script.text).map(({ line, text }) => ({ name: `${script.name}, line ${line}`, text })),
  ]);
}

/** The pages in the top folder and in docs/. */
export function pages(): ShellText[] {
  const isPage = (name: string) => name.endsWith('.md');
  const atTheTop = readdirSync(checkout)
    .filter(isPage)
    .map((name) => ({ name, text: readFileSync(join(checkout, name), 'utf8') }));
  return [...atTheTop, ...filesBelow('docs').filter(({ name }) => isPage(name))];
}

/** The code blocks of the pages, without the indentation of a list. */
export function snippets(): Snippet[] {
  return pages().flatMap(({ name, text }) =>
    [...text.matchAll(/^( *)```(\S*) ?(.*)\n([\s\S]*?)^\1```$/gm)].map(
      ([, indentation = '', language = '', mark = '', content = ''], at) => ({
        name: `${name}, snippet ${at + 1}`,
        page: name,
        language,
        mark,
        text: content.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
      }),
    ),
  );
}
