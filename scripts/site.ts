import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { version } from '../agent/shared/version.ts';
import { projectAddress } from '../pkg-build/project-address.ts';
import { brokenLinks } from './site/check-site.ts';
import { lookAtSite } from './site/look-at-site.ts';
import { siteMenu, sitePages } from './site/site-pages.ts';
import { versionList } from './site/version-list.ts';

/**
 * `npm run site [-- --short]`: the pages as a website, in build/site/VERSION. The folders of other versions
 * stay, and build/site/index.html lists them. `--short` does not open it in a browser.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const site = join(root, 'site');
const source = join(site, 'build/pages');
const out = join(root, 'build/site');
const { short } = parseArgs({ options: { short: { type: 'boolean', default: false } } }).values;

function writePages(): void {
  rmSync(source, { recursive: true, force: true });
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(
    (name) => `docs/${name}`,
  );
  const names = [...readdirSync(root), ...docs].filter((name) => name.endsWith('.md'));
  const pages = names.map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
  for (const { name, text } of sitePages(pages, projectAddress)) {
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
  cpSync(join(root, 'docs/images'), join(source, 'images'), { recursive: true });
  const menu = siteMenu(readFileSync(join(root, 'docs/README.md'), 'utf8'));
  writeFileSync(join(site, 'build/menu.json'), JSON.stringify({ version, menu }));
}

/** npm writes its copy of the lockfile last: a later change of the lockfile is not installed yet. */
function isInstalled(): boolean {
  const copy = statSync(join(site, 'node_modules/.package-lock.json'), { throwIfNoEntry: false });
  return copy !== undefined && copy.mtimeMs >= statSync(join(site, 'package-lock.json')).mtimeMs;
}

writePages();
const vitepress = join(site, 'node_modules/vitepress/bin/vitepress.js');
if (!isInstalled()) execFileSync('npm', ['ci'], { cwd: site, stdio: ['ignore', 'inherit', 'inherit'] });
execFileSync(process.execPath, [vitepress, 'build', site, '--outDir', join(out, version)], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
writeFileSync(join(out, 'index.html'), versionList(readdirSync(out, { withFileTypes: true })));

const problems = brokenLinks(join(out, version));
if (!short) problems.push(...(await lookAtSite(join(out, version), join(root, 'build/site-pictures'))));
for (const problem of problems) console.error(problem);
console.log(`${join(out, version)}: ${problems.length === 0 ? 'no problem' : `${problems.length} problems`}`);
process.exit(problems.length === 0 ? 0 : 1);
