import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageIdentifier } from '../launchd/installed-paths.ts';
import type { Entry } from './formats/tree.ts';
import { packageVersion } from './package-version.ts';

/** Writes a project folder for munkipkg: the same payload and scripts, unpacked. */
export function writeMunkiProject(
  folder: string,
  { payload, scripts, version }: { payload: readonly Entry[]; scripts: readonly Entry[]; version: string },
): void {
  rmSync(folder, { recursive: true, force: true });
  writeTree(join(folder, 'payload'), payload);
  writeTree(join(folder, 'scripts'), scripts);
  writeFileSync(join(folder, 'build-info.json'), `${JSON.stringify(buildInfo(version), null, 2)}\n`);
}

function buildInfo(version: string) {
  return {
    name: `psso-monitor-${version}.pkg`,
    version: packageVersion(version),
    identifier: packageIdentifier,
    install_location: '/',
    ownership: 'recommended',
    postinstall_action: 'none',
    distribution_style: true,
    suppress_bundle_relocation: true,
    preserve_xattr: false,
  };
}

/** Writes the entries as folders and files with their modes; the owner is the user of this process. */
function writeTree(root: string, entries: readonly Entry[]): void {
  for (const entry of [...entries].sort((a, b) => a.path.length - b.path.length)) {
    const path = join(root, entry.path);
    mkdirSync(entry.kind === 'folder' ? path : dirname(path), { recursive: true });
    if (entry.kind === 'file') writeFileSync(path, entry.content);
    if (entry.kind === 'link') symlinkSync(entry.target, path);
    else chmodSync(path, entry.mode);
  }
}
