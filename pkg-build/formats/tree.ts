/** An entry of an archive. Owners are numbers, since their names differ between systems. */
export type Entry = {
  /** `.` for the root, `./Library/LaunchAgents` below it; no slash at the end. */
  readonly path: string;
  /** Permission bits, such as 0o755. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds, UTC. */
  readonly mtime: number;
} & (
  | { readonly kind: 'folder' }
  | { readonly kind: 'file'; readonly content: Uint8Array }
  | { readonly kind: 'link'; readonly target: string }
);

/** Data that can't be put into a package, or that is no valid part of one. */
export class PackageFormatError extends Error {
  override readonly name = 'PackageFormatError';
}

/** Sorts for an archive: root first, parents before children, names by bytes. Throws PackageFormatError. */
export function sortedTree(entries: readonly Entry[]): Entry[] {
  const byPath = new Map<string, Entry>();
  for (const entry of entries) {
    const { path } = entry;
    const parts = path.split('/');
    if (parts[0] !== '.' || parts.slice(1).some((part) => part === '' || part === '.' || part === '..'))
      throw new PackageFormatError(`"${path}" is no path below the root, such as ./Library.`);
    if (path.includes('\0') || Buffer.byteLength(path) > 1023)
      throw new PackageFormatError(`"${path}" is no path that macOS could have.`);
    if (byPath.has(path)) throw new PackageFormatError(`"${path}" is there twice.`);
    byPath.set(path, entry);
  }
  if (byPath.get('.')?.kind !== 'folder') throw new PackageFormatError('A tree begins with the folder ".".');
  for (const { path } of entries) {
    const parent = parentOf(path);
    if (parent !== null && byPath.get(parent)?.kind !== 'folder')
      throw new PackageFormatError(`"${path}" has no folder "${parent}" to be in.`);
  }
  const keys = new Map(entries.map(({ path }) => [path, path.split('/').map((part) => Buffer.from(part))]));
  return [...entries].sort((a, b) => compare(keys.get(a.path) ?? [], keys.get(b.path) ?? []));
}

/** Null for the root. */
export function parentOf(path: string): string | null {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? null : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A file's content, a link's target; empty for a folder. */
export function contentOf(entry: Entry): Uint8Array {
  if (entry.kind === 'file') return entry.content;
  return entry.kind === 'link' ? Buffer.from(entry.target) : new Uint8Array();
}

function compare(a: readonly Buffer[], b: readonly Buffer[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = Buffer.compare(a[at] ?? Buffer.alloc(0), b[at] ?? Buffer.alloc(0));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
