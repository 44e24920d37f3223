import { posix } from 'node:path';
import { withLinks } from '../../pkg-build/markdown-links.ts';

/** A page of the repository, by its path. */
export interface RepositoryPage {
  readonly name: string;
  readonly text: string;
}

/** Pages that have another place on the site than below docs/. */
const places: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'reporting.md',
  'CHANGELOG.md': 'changelog.md',
  'docs/README.md': 'pages.md',
};

/** Where a page of the repository is on the site. */
export function siteNameOf(name: string): string {
  return places[name] ?? name.replace(/^docs\//, '').replace(/(^|\/)README\.md$/, '$1index.md');
}

/**
 * The pages of the site. A link to a page leads to its place on the site; a link to another file leads to
 * the repository when it has an address, or else becomes its text.
 */
export function sitePages(pages: readonly RepositoryPage[], address: string | null): RepositoryPage[] {
  const names = new Set(pages.map(({ name }) => name));
  return pages.map(({ name, text }) => {
    const place = siteNameOf(name);
    const linked = withLinks(text, ({ words, file, anchor }) => {
      const target = posix.normalize(posix.join(posix.dirname(name), file));
      if (names.has(target)) return `[${words}](${relativeTo(place, siteNameOf(target))}${anchor})`;
      return address === null ? words : `[${words}](${address}/blob/main/${target})`;
    });
    const pictured = withPictures(linked, name, place);
    return { name: place, text: name === 'docs/README.md' ? `${pictured}${otherVersions}` : pictured };
  });
}

/** The list above the folders of the versions; no page of this version, so no link that VitePress follows. */
const otherVersions =
  '\n<p><a href="../index.html" target="_self">The documentation of other versions</a></p>\n';

function relativeTo(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

/** The site has a switch for dark, which a media query does not see: both pictures, and a class for each. */
function withPictures(text: string, name: string, place: string): string {
  const moved = (path: string) =>
    relativeTo(place, siteNameOf(posix.normalize(posix.join(posix.dirname(name), path))));
  return text.replaceAll(
    /<picture>\s*<source [^>]*srcset="([^"]+)">\s*<img width="(\d+)" alt="([^"]*)" src="([^"]+)">\s*<\/picture>/g,
    (_, dark: string, width: string, alt: string, light: string) =>
      [
        ['only-light', light],
        ['only-dark', dark],
      ]
        .map(
          ([only, path = '']) => `<img class="${only}" width="${width}" alt="${alt}" src="${moved(path)}">`,
        )
        .join('\n'),
  );
}

export interface MenuGroup {
  readonly text: string;
  readonly collapsed: boolean;
  readonly items: readonly { readonly text: string; readonly link: string }[];
}

/** The menu of the site: the groups and links of docs/README.md. */
export function siteMenu(list: string): MenuGroup[] {
  return list
    .split(/^## /m)
    .slice(1)
    .map((group) => ({
      text: group.split('\n')[0] ?? '',
      collapsed: false,
      items: [...group.matchAll(/^- \[(.+)\]\((\S+)\)$/gm)].map(([, text = '', path = '']) => ({
        text,
        link: `/${siteNameOf(posix.normalize(posix.join('docs', path)))}`.replace(/(?:index)?\.md$/, ''),
      })),
    }));
}
