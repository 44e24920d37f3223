import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { checkout, pages } from '../shell/shell-texts.ts';

/** The links in the repository. test/pkg-build/package-files.test.ts checks those of the package. */

const withoutCode = (text: string) =>
  text.replaceAll(/^( *)```.*\n[\s\S]*?^\1```$/gm, '').replaceAll(/`[^`\n]*`/g, '');

/** The anchors of a page, as GitHub and the site make them from headings. */
function anchorsOf(text: string): string[] {
  const headings = [...text.replaceAll(/^( *)```.*\n[\s\S]*?^\1```$/gm, '').matchAll(/^#+ (.*)$/gm)];
  const made = headings.map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return made.map((anchor, at) => {
    const before = made.slice(0, at).filter((one) => one === anchor).length;
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

const all = pages();
const anchors = new Map(all.map(({ name, text }) => [name, anchorsOf(text)]));

/** Each relative link and picture, with the file and the anchor it leads to. */
const links = all.flatMap(({ name, text }) =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|(?:src|srcset)="([^"]+)"/gm)].flatMap(
    ([, inline, reference, picture]) => {
      const address = inline ?? reference ?? picture ?? '';
      if (/^[a-z]+:/.test(address)) return [];
      const [path = '', anchor] = address.split('#');
      return [
        { page: name, address, file: path === '' ? name : posix.join(posix.dirname(name), path), anchor },
      ];
    },
  ),
);

test('every link of a page leads to a file of the repository', () => {
  expect(links.length).toBeGreaterThan(200);
  expect(links.filter(({ file }) => !existsSync(join(checkout, file)))).toEqual([]);
});

test('every link to a part of a page leads to a heading', () => {
  const toParts = links.filter(({ anchor }) => anchor !== undefined);
  expect(toParts.length).toBeGreaterThan(5);
  const broken = toParts.filter(({ file, anchor = '' }) => !anchors.get(file)?.includes(anchor));
  expect(broken).toEqual([]);
});

test('every decision is in the list of decisions, with its title, and with what supersedes it', () => {
  const index = all.find(({ name }) => name === 'docs/decisions/README.md')?.text ?? '';
  const lines = all.flatMap(({ name, text }) => {
    const [, file] = /^docs\/decisions\/(\d.*)$/.exec(name) ?? [];
    if (file === undefined) return [];
    const title = /^# (.*)$/m.exec(text)?.[1];
    const later = /\*\*Superseded\*\* by \[decision (\d+)\]/.exec(text)?.[1];
    return [`- [${title}](${file})${later === undefined ? '' : `, superseded by ${later}`}`];
  });
  const numbers = lines.map((line) => Number(/\d+/.exec(line)?.[0])).sort((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  const listed = index.split('\n').filter((line) => line.startsWith('- '));
  expect(listed.toSorted()).toEqual(lines.toSorted());
});

test('every page is in the list of docs/README.md, once', () => {
  const listed = links.filter(({ page }) => page === 'docs/README.md').map(({ file }) => file);
  const there = all.map(({ name }) => name).filter((name) => !/^docs\/(?:decisions\/\d|README)/.test(name));
  expect(there.filter((name) => !listed.includes(name)).map((name) => `${name}: add it`)).toEqual([]);
  expect(listed.filter((name) => listed.indexOf(name) !== listed.lastIndexOf(name))).toEqual([]);
});
