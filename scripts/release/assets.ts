import { type Zippable, zipSync } from 'fflate';
import { preferencesDomain } from '../../agent/settings/read-settings.ts';
import { installed } from '../../launchd/installed-paths.ts';
import { BuildError } from '../../pkg-build/build-error.ts';
import { payloadFiles } from '../../pkg-build/payload-files.ts';
import { sha256 } from '../../pkg-build/write-whole.ts';

export interface PackageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The archives for admins: the folders of share/ in each. */
const archives = {
  profiles: ['profiles'],
  schemas: ['schemas'],
  scripts: ['scripts', 'uninstall.sh', 'check-on-mac.sh', 'on-mac'],
  queries: ['queries', 'grafana'],
} as const;

/** What an MDM or a catalogue takes as a single file. */
const single = [`${preferencesDomain}.jamf.json`, `${preferencesDomain}.plist`] as const;

const billOfMaterials = 'licences/psso-monitor.cdx.json';

/**
 * All files of a release by name: the packages, a bill of materials of each, what admins load into other
 * tools, and SHA256SUMS. All but the packages is read from the packages, so that it is what they install.
 * `builtAt` in seconds, UTC. Equal input gives equal files. Throws BuildError, and PackageFormatError.
 */
export function releaseAssets(
  packages: readonly PackageFile[],
  { version, builtAt }: { readonly version: string; readonly builtAt: number },
): Map<string, Uint8Array> {
  const assets = new Map<string, Uint8Array>();
  let shared: ReadonlyMap<string, Uint8Array> = new Map();
  for (const { name, bytes } of packages) {
    const share = sharedFiles(bytes);
    assets.set(name, bytes);
    assets.set(name.replace(/\.pkg$/, '.cdx.json'), needed(share, billOfMaterials, name));
    shared = share;
  }
  for (const [name, parts] of Object.entries(archives))
    assets.set(`psso-monitor-${version}-${name}.zip`, archive(shared, parts, builtAt));
  for (const name of single) assets.set(name, needed(shared, `profiles/${name}`, 'the package'));
  assets.set('SHA256SUMS', Buffer.from(checksums(assets)));
  return assets;
}

/** The files below share/ of a package, by their path there. */
function sharedFiles(bytes: Uint8Array): Map<string, Uint8Array> {
  const prefix = `.${installed.folder}/share/`;
  const files = new Map<string, Uint8Array>();
  for (const { path, content } of payloadFiles(bytes))
    if (path.startsWith(prefix)) files.set(path.slice(prefix.length), content);
  return files;
}

function needed(share: ReadonlyMap<string, Uint8Array>, path: string, where: string): Uint8Array {
  const content = share.get(path);
  if (content === undefined) throw new BuildError(`share/${path} is not in ${where}.`);
  // A part of the payload would keep all of it in memory.
  return Uint8Array.from(content);
}

function archive(
  share: ReadonlyMap<string, Uint8Array>,
  parts: readonly string[],
  builtAt: number,
): Uint8Array {
  const entries = [...share].filter(([path]) =>
    parts.some((part) => path === part || path.startsWith(`${part}/`)),
  );
  if (entries.length === 0) throw new BuildError(`The packages hold no share/${parts[0]}.`);
  const files: Zippable = {};
  for (const [path, content] of entries.sort(([a], [b]) => (a < b ? -1 : 1)))
    files[path] = [
      content,
      { mtime: dayOf(builtAt), os: 3, attrs: (path.endsWith('.sh') ? 0o755 : 0o644) << 16 },
    ];
  return zipSync(files, { level: 9 });
}

/** A ZIP has local time. Noon of the day is the same in every time zone. */
function dayOf(seconds: number): Date {
  const day = new Date(seconds * 1000);
  return new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 12);
}

/** As `sha256sum -c` and `shasum -a 256 -c` read them. */
function checksums(assets: ReadonlyMap<string, Uint8Array>): string {
  const names = [...assets.keys()].sort();
  return names.map((name) => `${sha256(assets.get(name) ?? new Uint8Array())}  ${name}\n`).join('');
}
