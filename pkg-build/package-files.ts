import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export type PackageFiles = Map<string, { content: Uint8Array; executable?: boolean }>;

/** `.DS_Store` and the like, which Finder makes by itself, and an editor's copies: the same checkout gives the same bytes. */
function isLeftBehind(path: string): boolean {
  return path.split(sep).some((name) => name.startsWith('.') || name.endsWith('~'));
}

/** Every file below a folder, by its path below `prefix`; executable where it is so on disk. */
export function addFolder(files: PackageFiles, folder: string, prefix: string): void {
  if (!existsSync(folder)) return;
  for (const found of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!found.isFile()) continue;
    const path = join(found.parentPath, found.name);
    if (isLeftBehind(relative(folder, path))) continue;
    const executable = (statSync(path).mode & 0o111) !== 0;
    files.set(`${prefix}/${relative(folder, path)}`, { content: readFileSync(path), executable });
  }
}

export function addText(files: PackageFiles, path: string, text: string, executable = false): void {
  files.set(path, { content: Buffer.from(text), executable });
}

/** What admins find in share/, from the checkout: pages, the schemas of what is printed, and what they paste into their tools. */
export function addForAdmins(files: PackageFiles, root: string): void {
  addFolder(files, join(root, 'docs/admin'), 'share/docs/admin');
  addFolder(files, join(root, 'docs/schemas'), 'share/schemas');
  for (const page of [
    'contracts',
    'issues',
    'password-window',
    'settings',
    'scenarios',
    'unverified-on-mac',
    'verified-on-mac',
  ])
    files.set(`share/docs/${page}.md`, { content: readFileSync(join(root, 'docs', `${page}.md`)) });
  for (const tool of ['intune', 'jamf', 'munki', 'osquery', 'otel', 'supportapp', 'swiftdialog'])
    addFolder(files, join(root, 'scripts', tool), `share/scripts/${tool}`);
  addFolder(files, join(root, 'scripts/on-mac'), 'share/on-mac');
  for (const script of ['uninstall.sh', 'check-on-mac.sh'])
    files.set(`share/${script}`, { content: readFileSync(join(root, 'scripts', script)), executable: true });
}

/** The scripts that the Installer runs, and what they share. */
export function installerScripts(root: string): Map<string, Uint8Array> {
  const names = ['common.sh', 'postinstall', 'preinstall'];
  return new Map(names.map((name) => [name, readFileSync(join(root, 'pkg-build/installer', name))]));
}
