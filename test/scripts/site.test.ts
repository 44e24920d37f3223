import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { brokenLinks } from '../../scripts/site/check-site.ts';
import { siteMenu, siteNameOf, sitePages } from '../../scripts/site/site-pages.ts';
import { versionList } from '../../scripts/site/version-list.ts';
import { pages } from '../shell/shell-texts.ts';

/** `npm run site` builds and checks the whole site, in CI; this is what it makes of the pages before. */

const repository = pages();
const made = sitePages(repository, null);

test('the site has each page once, and each link leads to one', () => {
  const names = made.map(({ name }) => name);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(repository.length);
  const links = made.flatMap(({ name, text }) =>
    [...text.matchAll(/\]\((\.[^)\s#]*)/g)].map(([, path = '']) => posix.join(posix.dirname(name), path)),
  );
  expect(links.length).toBeGreaterThan(150);
  expect(links.filter((path) => !names.includes(path))).toEqual([]);
});

test('a link to a file that is no page leads to the repository once that has an address', () => {
  const text = 'See [the rule](rules/a.json), [one](b.md#part) and `[code](b.md)`.\n';
  const two = ['docs/admin/a.md', 'docs/admin/b.md'].map((name) => ({ name, text }));
  const of = (address: string | null) => sitePages(two, address)[0]?.text;
  expect(of(null)).toContain('See the rule, [one](./b.md#part)');
  expect(of('https://example.com/p')).toContain(
    '[the rule](https://example.com/p/blob/main/docs/admin/rules/a.json)',
  );
});

test('pictures come in light and in dark', () => {
  const home = made.find(({ name }) => name === 'index.md')?.text ?? '';
  expect(home).not.toContain('<picture>');
  expect(home).toContain('<img class="only-dark" width="760"');
  expect(home).toContain('src="./images/status-light.png"');
});

test('the menu has the groups and pages of docs/README.md', () => {
  const menu = siteMenu(repository.find(({ name }) => name === 'docs/README.md')?.text ?? '');
  expect(menu.map(({ text }) => text)).toContain('Deploy');
  const links = menu.flatMap(({ items }) => items.map(({ link }) => link));
  expect(links).toContain('/admin/privacy');
  expect(links).toContain('/schemas/');
  expect(links).toContain('/contributing');
  expect(siteNameOf('docs/decisions/README.md')).toBe('decisions/index.md');
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-site-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('a link of the built site that leads nowhere is found', () => {
  const folder = folderWith({
    'index.html':
      '<a href="./a/b.html#x">1</a> <a href="a/b#y">2</a> <img src="c.png"> <a href="https://x">3</a>',
    'a/b.html': '<h2 id="x"></h2><a href="../index.html"></a>',
  });
  expect(brokenLinks(folder)).toEqual(['index.html: a/b#y: no such part', 'index.html: c.png']);
});

test('the list of versions begins with the newest release', () => {
  const folder = folderWith({ '1.9.0/a': '', '1.10.0/a': '', '2.0.0-rc.1/a': '', 'other/a': '' });
  const list = versionList(readdirSync(folder, { withFileTypes: true }));
  expect([...list.matchAll(/href="([^"]+)\/index/g)].map(([, version]) => version)).toEqual([
    '1.10.0',
    '2.0.0-rc.1',
    '1.10.0',
    '1.9.0',
  ]);
});
