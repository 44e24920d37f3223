import { installed } from '../launchd/installed-paths.ts';
import { launchAgent } from '../launchd/launch-agent.ts';
import { launchAgentPlist } from '../launchd/property-list.ts';
import { BuildError } from './build-error.ts';
import type { Entry } from './formats/tree.ts';

/** A file of the payload without owner and time. `path` is absolute on the Mac. */
interface PayloadFile {
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable?: boolean;
}

/** The list of this version's files. postinstall removes all other files as those of an older version. */
const listFile = 'share/installed-files.txt';

/**
 * All entries of the payload: owned by root, parents before children, all with the time `builtAt` (seconds,
 * UTC). `files` go below the product's folder, by their path there.
 */
export function payloadEntries(
  files: ReadonlyMap<string, { content: Uint8Array; executable?: boolean }>,
  builtAt: number,
  agent = launchAgent,
): Entry[] {
  const listed = [...files.keys(), listFile].sort();
  // postinstall takes a list with another last line for a truncated one.
  if (listed.at(-1) !== 'share/uninstall.sh')
    throw new BuildError(`the last file of the payload is ${listed.at(-1)}, not share/uninstall.sh`);
  const all: PayloadFile[] = [
    { path: installed.launchAgent, content: Buffer.from(launchAgentPlist(agent)) },
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
    // The group that macOS has: the Installer would change the folder to any other one.
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

/** The entries of the component's Scripts archive. */
export function scriptEntries(scripts: ReadonlyMap<string, Uint8Array>, builtAt: number): Entry[] {
  const meta = { mode: 0o755, uid: 0, gid: wheel, mtime: builtAt };
  return [
    { kind: 'folder', path: '.', ...meta },
    ...[...scripts].map(([name, content]): Entry => ({ kind: 'file', path: `./${name}`, content, ...meta })),
  ];
}
