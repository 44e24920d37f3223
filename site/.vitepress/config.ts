import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

// scripts/site.ts writes the pages and the menu before it calls VitePress.
const built = (name: string) => fileURLToPath(new URL(`../build/${name}`, import.meta.url));
const { version, menu } = JSON.parse(readFileSync(built('menu.json'), 'utf8'));

/** The anchors of GitHub, so that a link works there and here. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

export default defineConfig({
  title: 'PSSO Monitor',
  description: 'Watches Platform SSO on managed Macs: what broke it, when, and what to do.',
  lang: 'en',
  // Relative, so that the folder of a version works at any address.
  base: './',
  srcDir: built('pages'),
  cacheDir: built('cache'),
  // The site loads nothing from elsewhere.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: { anchor: { slugify: anchorOf } },
  themeConfig: {
    nav: [
      { text: 'All pages', link: '/pages' },
      { text: 'Privacy', link: '/admin/privacy' },
      { text: version, link: '/changelog' },
    ],
    sidebar: menu,
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    externalLinkIcon: true,
  },
});
