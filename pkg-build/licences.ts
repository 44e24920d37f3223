import type { ShippedPackage } from './shipped-packages.ts';

/** The licences of all parts of the package, as one text. */
export function licencesText(
  own: string,
  node: { version: string; licence: string },
  packages: readonly ShippedPackage[],
): string {
  const parts = [
    { title: 'PSSO Monitor (MIT)', text: own },
    { title: `Node.js ${node.version} (MIT, with the licences of what it contains)`, text: node.licence },
    ...packages.map(({ name, version, licence, licenceText }) => ({
      title: `${name} ${version} (${licence})`,
      text: licenceText,
    })),
    { title: 'SQLite, in better_sqlite3.node (public domain)', text: sqlite },
  ];
  const rule = '-'.repeat(78);
  const list = parts.map(({ title }) => `  ${title}`).join('\n');
  return `What this package contains:\n\n${list}\n\n${parts
    .map(({ title, text }) => `${rule}\n${title}\n${rule}\n\n${text.trim()}\n`)
    .join('\n')}`;
}

const sqlite = `All of the code and documentation in SQLite has been dedicated to the public domain by
the authors.
https://www.sqlite.org/copyright.html`;
