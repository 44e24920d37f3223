import type { Dirent } from 'node:fs';

/** The page above the folders of the versions: it leads to the newest one, and lists all. */
export function versionList(entries: readonly Dirent[]): string {
  const versions = entries
    .filter((entry) => entry.isDirectory() && /^\d+\.\d+\.\d+/.test(entry.name))
    .map(({ name }) => name)
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  const [newest = ''] = versions.filter((name) => !name.includes('-')).concat(versions);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>PSSO Monitor: versions of the documentation</title>
<h1>PSSO Monitor: documentation</h1>
<p><a href="${newest}/index.html">${newest}, the newest version</a></p>
<ul>
${versions.map((name) => `<li><a href="${name}/index.html">${name}</a></li>`).join('\n')}
</ul>
</html>
`;
}
