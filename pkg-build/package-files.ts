import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { shippedLinks } from './shipped-links.ts';

export type PackageFiles = Map<string, { content: Uint8Array; executable?: boolean }>;

/** Files of Finder (`.DS_Store`) and of editors: left out, so that equal checkouts give equal bytes. */
function isStray(path: string): boolean {
  return path.split(sep).some((name) => name.startsWith('.') || name.endsWith('~'));
}

/** Adds every file below a folder, by its path below `prefix`, with its executable bit. */
export function addFolder(files: PackageFiles, folder: string, prefix: string): void {
  if (!existsSync(folder)) return;
  for (const found of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!found.isFile()) continue;
    const path = join(found.parentPath, found.name);
    if (isStray(relative(folder, path))) continue;
    const executable = (statSync(path).mode & 0o111) !== 0;
    files.set(`${prefix}/${relative(folder, path)}`, { content: readFileSync(path), executable });
  }
}

export function addText(files: PackageFiles, path: string, text: string, executable = false): void {
  files.set(path, { content: Buffer.from(text), executable });
}

/** Adds the files for admins in share/: pages, schemas of the outputs, and scripts for their tools. */
export function addForAdmins(all: PackageFiles, root: string): void {
  const files: PackageFiles = new Map();
  addFolder(files, join(root, 'docs/admin'), 'share/docs/admin');
  addFolder(files, join(root, 'docs/schemas'), 'share/schemas');
  for (const page of [
    'README',
    'contracts',
    'known-issues',
    'password-window',
    'settings',
    'scenarios',
    'unverified-on-mac',
    'verified-on-mac',
  ])
    files.set(`share/docs/${page}.md`, { content: readFileSync(join(root, 'docs', `${page}.md`)) });
  for (const tool of ['collect', 'intune', 'jamf', 'munki', 'osquery', 'otel', 'supportapp', 'swiftdialog'])
    addFolder(files, join(root, 'scripts', tool), `share/scripts/${tool}`);
  for (const folder of ['queries', 'grafana'])
    addFolder(files, join(root, 'share', folder), `share/${folder}`);
  addFolder(files, join(root, 'scripts/on-mac'), 'share/on-mac');
  for (const script of ['uninstall.sh', 'check-on-mac.sh'])
    files.set(`share/${script}`, { content: readFileSync(join(root, 'scripts', script)), executable: true });
  // A folder counts as shipped: a link can name one.
  const isShipped = (path: string) =>
    files.has(path) || [...files.keys()].some((one) => one.startsWith(`${path}/`));
  for (const [path, file] of files)
    all.set(
      path,
      path.endsWith('.md') ? { ...file, content: withLinks(path, file.content, isShipped) } : file,
    );
}

function withLinks(path: string, content: Uint8Array, isShipped: (path: string) => boolean): Uint8Array {
  return Buffer.from(shippedLinks(path, Buffer.from(content).toString('utf8'), isShipped));
}

/** The scripts that the Installer runs, and their common part. */
export function installerScripts(root: string): Map<string, Uint8Array> {
  const names = ['common.sh', 'postinstall', 'preinstall'];
  return new Map(names.map((name) => [name, readFileSync(join(root, 'pkg-build/installer', name))]));
}
