import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The list of all versions is above the folder of one. */
const versions = '../index.html';

/** Each link of the built pages that leads to no file, or to no part of its page. */
export function brokenLinks(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1));
  const pages = new Map(
    files
      .filter((file) => file.endsWith('.html'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
  const idsOf = (text: string) => new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));
  const ids = new Map([...pages].map(([file, text]) => [file, idsOf(text)]));
  return [...pages].flatMap(([file, text]) =>
    [...text.matchAll(/ (?:href|src)="([^"]+)"/g)].flatMap(([, address = '']) => {
      if (/^(?:[a-z]+:|\/\/)/.test(address)) return [];
      if (file === 'pages.html' && address === versions) return [];
      const [path = '', part = ''] = decodeURI(address).split('#');
      const target = path === '' ? file : posix.join(posix.dirname(file), path);
      const found = [target, `${target}.html`, posix.join(target, 'index.html')].find((one) =>
        files.includes(one),
      );
      if (found === undefined) return [`${file}: ${address}`];
      return part === '' || ids.get(found)?.has(part) === true ? [] : [`${file}: ${address}: no such part`];
    }),
  );
}
