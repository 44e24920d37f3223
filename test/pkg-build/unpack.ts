import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** GNU's and libarchive's cpio detect the format; libarchive's refuses a format when it unpacks. */
export const cpioArguments = ['-idm', '--quiet', '--no-preserve-owner'];

/** Unpacks a package: libarchive the archive, cpio (GNU's; libarchive's on a Mac) its contents. */
export function unpack(
  packageBytes: Uint8Array,
  folder: string,
): { payload: string; scripts: string; flat: string } {
  const flat = join(folder, 'flat');
  mkdirSync(flat, { recursive: true });
  writeFileSync(join(folder, 'package.pkg'), packageBytes);
  execFileSync('bsdtar', ['-xf', join(folder, 'package.pkg'), '-C', flat]);
  const into = (name: string) => {
    const target = join(folder, name.toLowerCase());
    mkdirSync(target, { recursive: true });
    // Through a pipe: the archive has 150 or 300 MB. cpio refuses one that ends too early.
    const archive = join(flat, 'agent.pkg', name);
    execFileSync('sh', ['-c', `gzip -dc "$1" | cpio ${cpioArguments.join(' ')}`, 'sh', archive], {
      cwd: target,
    });
    return target;
  };
  return { payload: into('Payload'), scripts: into('Scripts'), flat };
}
