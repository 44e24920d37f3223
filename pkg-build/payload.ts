import { installed } from '../launchd/installed-paths.ts';
import { launchAgentPlist } from '../launchd/property-list.ts';
import { BuildError } from './build-error.ts';
import type { Entry } from './formats/tree.ts';

/** A file of the payload, before it has an owner and a time. `path` is absolute on the Mac. */
export interface PayloadFile {
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable?: boolean;
}

/** The list that tells the installer scripts what belongs to this version; what else is in lib/ was an older one's. */
const listFile = 'share/installed-files.txt';

/**
 * Everything that the package puts on a Mac, as an archive wants it: root's own, parents before children, one time for all.
 * `files` are what goes below the product's folder, by their path there. `builtAt` in seconds, UTC.
 */
export function payloadEntries(
  files: ReadonlyMap<string, { content: Uint8Array; executable?: boolean }>,
  builtAt: number,
): Entry[] {
  const listed = [...files.keys(), listFile].sort();
  // postinstall takes a list that ends otherwise for one that was cut off.
  if (listed.at(-1) !== 'share/uninstall.sh')
    throw new BuildError(`the last file of the payload is ${listed.at(-1)}, not share/uninstall.sh`);
  const all: PayloadFile[] = [
    { path: installed.launchAgent, content: Buffer.from(launchAgentPlist()) },
    { path: `${installed.folder}/${listFile}`, content: Buffer.from(`${listed.join('\n')}\n`) },
    ...[...files].map(([path, file]) => ({ path: `${installed.folder}/${path}`, ...file })),
  ];
  return withFolders(all, builtAt);
}

const wheel = 0;
const admin = 80;

function withFolders(files: readonly PayloadFile[], builtAt: number): Entry[] {
  const entries = new Map<string, Entry>();
  const folder = (path: string) => {
    // macOS has it so; the Installer would put another group's in its place on every Mac.
    const gid = path === './Library/Application Support' ? admin : wheel;
    entries.set(path, { kind: 'folder', path, mode: 0o755, uid: 0, gid, mtime: builtAt });
  };
  folder('.');
  for (const { path, content, executable = false } of files) {
    const parts = path.split('/').slice(1);
    for (let depth = 1; depth < parts.length; depth++) folder(`./${parts.slice(0, depth).join('/')}`);
    entries.set(`.${path}`, {
      kind: 'file',
      path: `.${path}`,
      mode: executable ? 0o755 : 0o644,
      uid: 0,
      gid: wheel,
      mtime: builtAt,
      content,
    });
  }
  return [...entries.values()];
}

/** `share/uninstall.sh` and the like: the scripts that go into the component's Scripts archive. */
export function scriptEntries(scripts: ReadonlyMap<string, Uint8Array>, builtAt: number): Entry[] {
  const meta = { mode: 0o755, uid: 0, gid: wheel, mtime: builtAt };
  return [
    { kind: 'folder', path: '.', ...meta },
    ...[...scripts].map(([name, content]): Entry => ({ kind: 'file', path: `./${name}`, content, ...meta })),
  ];
}
