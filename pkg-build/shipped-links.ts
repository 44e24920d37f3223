import { posix } from 'node:path';
import { withLinks } from './markdown-links.ts';

/** Where the package has what is in a folder of the repository. The first that fits counts. */
const places = [
  ['docs/schemas/', 'share/schemas/'],
  ['docs/', 'share/docs/'],
  ['scripts/', 'share/scripts/'],
  ['share/', 'share/'],
] as const;

const otherPlace = (path: string, from: 0 | 1) => {
  const place = places.find((one) => path.startsWith(one[from]));
  return place === undefined ? path : place[from === 0 ? 1 : 0] + path.slice(place[from].length);
};

/**
 * The text of a page at `path` of the package, with its links as they are there. A link to a page that is not
 * in the package becomes its text.
 */
export function shippedLinks(path: string, text: string, isShipped: (path: string) => boolean): string {
  const folder = posix.dirname(otherPlace(path, 1));
  return withLinks(text, ({ words, file, anchor }) => {
    const target = otherPlace(posix.join(folder, file), 0);
    if (!isShipped(target)) return words;
    return `[${words}](${posix.relative(posix.dirname(path), target) || '.'}${anchor})`;
  });
}
